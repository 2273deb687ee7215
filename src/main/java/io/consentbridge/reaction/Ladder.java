package io.consentbridge.reaction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a member's status in a CRM campaign, lowest first. A status only rises: one that is higher stays, and so does one
 * that is not on the ladder, since a person set it.
 *
 * @param rungs each value of the picklist and the reaction that it stands for; empty for a value that nothing from Campaigns
 *     stands for, such as Planned or Responded
 */
public record Ladder(Map<String, Optional<Reaction>> rungs) {

    /** No status is written. */
    public static final Ladder NONE = new Ladder(Map.of());

    public Ladder {
        rungs = Collections.unmodifiableMap(new LinkedHashMap<>(rungs));
    }

    /** The values, lowest first. */
    public List<String> words() {
        return List.copyOf(rungs.keySet());
    }

    /** The highest value that stands for this reaction or a weaker one; empty if there is none. */
    public Optional<String> word(Reaction reaction) {
        return rungs.entrySet().stream()
                .filter(rung -> rung.getValue()
                        .filter(of -> of.compareTo(reaction) <= 0)
                        .isPresent())
                .reduce((lower, higher) -> higher)
                .map(Map.Entry::getKey);
    }

    /**
     * The status that a member gets.
     *
     * @param now the present status; empty or blank for none
     * @return empty where the present status stays
     */
    public Optional<String> raise(Optional<String> now, Reaction reaction) {
        Optional<String> present = now.map(String::strip).filter(word -> !word.isEmpty());
        Optional<String> wanted = word(reaction);
        if (wanted.isEmpty() || present.isEmpty()) {
            return wanted;
        }
        int stands = words().indexOf(present.get());
        return stands >= 0 && words().indexOf(wanted.get()) > stands ? wanted : Optional.empty();
    }
}
