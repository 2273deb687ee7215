package io.consentbridge.mailing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who will receive a campaign, in figures that add up: chosen less everybody excluded is who will receive it (B137-B140).
 * Everybody has one source, and one exclusion at most.
 *
 * @param chosen people by their source: a CRM module, or {@link #MEMBERS}
 * @param excluded people by the first reason against them
 * @param topicUnknown those who will receive it as far as is known, but whose topics nobody can read: Zoho leaves out who did
 *     not choose the topic (B145)
 * @param unread what could not be read, so that fewer may receive it; empty if the figures are exact
 */
public record Eligibility(
        Map<String, Long> chosen, Map<Exclusion, Long> excluded, long topicUnknown, List<String> unread) {

    /** The source of people who are on the list without being selected. */
    public static final String MEMBERS = "already members";

    public Eligibility {
        chosen = Collections.unmodifiableMap(new TreeMap<>(chosen));
        EnumMap<Exclusion, Long> every = new EnumMap<>(Exclusion.class);
        for (Exclusion one : Exclusion.values()) {
            every.put(one, excluded.getOrDefault(one, 0L));
        }
        excluded = Collections.unmodifiableMap(every);
        unread = List.copyOf(unread);
        if (sum(chosen) < sum(excluded) || topicUnknown < 0 || topicUnknown > sum(chosen) - sum(excluded)) {
            throw new IllegalArgumentException("the figures do not add up");
        }
    }

    /** Everybody chosen. */
    public long total() {
        return sum(chosen);
    }

    /** Who will receive it; fewer if something could not be read or topics are unknown. */
    public long willReceive() {
        return total() - sum(excluded);
    }

    /** Whether the figure is an upper bound rather than exact. */
    public boolean isAtMost() {
        return !unread.isEmpty() || topicUnknown > 0;
    }

    /** The figure in words, with "at most" where something cannot be read. */
    public String inWords() {
        return (isAtMost() ? "at most " : "") + willReceive();
    }

    private static long sum(Map<?, Long> figures) {
        return figures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Adds people up one by one. */
    public static final class Count {

        private final Map<String, Long> chosen = new LinkedHashMap<>();
        private final Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
        private long topicUnknown;

        /**
         * Counts one person.
         *
         * @param source a CRM module, or {@link #MEMBERS}
         * @param against the first reason against them; null for none
         * @param topicsKnown whether it is known to which topics they are subscribed
         */
        public void add(String source, Exclusion against, boolean topicsKnown) {
            chosen.merge(source, 1L, Long::sum);
            if (against != null) {
                excluded.merge(against, 1L, Long::sum);
            } else if (!topicsKnown) {
                topicUnknown++;
            }
        }

        /** The report of everybody counted. */
        public Eligibility report(List<String> unread) {
            return new Eligibility(chosen, excluded, topicUnknown, unread);
        }
    }
}
