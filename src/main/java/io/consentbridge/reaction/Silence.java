package io.consentbridge.reaction;

import io.consentbridge.consent.Revalidation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a person has been silent for so long that a purpose asks them again (docs/confirmation.md, "Silent people").
 *
 * <p>Pure. Absent is not "no": a person counts as silent only if it is known since when they have been on the list, and if
 * campaigns were sent to it in which they could have clicked, and whose clicks were read.
 */
public sealed interface Silence {

    /** How long a person has to click before a campaign says anything about them. */
    Duration TIME_TO_CLICK = Duration.ofDays(14);

    /**
     * The person gave a sign, or is not on the list for long enough.
     *
     * @param since since when they may count as silent next
     */
    record NotYet(Instant since) implements Silence {}

    /** Nothing says whether the person is silent: no campaign reached them in that time whose clicks were read. */
    record NotKnown() implements Silence {}

    /** The person gave no sign since then. */
    record Silent(Instant since) implements Silence {}

    /**
     * Decides for one person.
     *
     * @param rule what the purpose says
     * @param now the present instant
     * @param zone in which its months and years are counted
     * @param since when the person came on the list, last gave a sign that is known, or was last asked
     * @param sign a later sign; empty if there is none
     * @param mailings when campaigns were sent to the list whose clicks were read
     */
    static Silence of(
            Revalidation rule,
            Instant now,
            ZoneId zone,
            Instant since,
            Optional<Instant> sign,
            Collection<Instant> mailings) {
        Instant last = sign.filter(since::isBefore).orElse(since);
        Instant begun = before(rule, now, zone);
        if (last.isAfter(begun)) {
            return new NotYet(last);
        }
        boolean reached =
                mailings.stream().anyMatch(sent -> sent.isAfter(begun) && !sent.isAfter(now.minus(TIME_TO_CLICK)));
        return reached ? new Silent(last) : new NotKnown();
    }

    /** Who gave no sign after this instant has been silent for as long as the purpose says. */
    static Instant before(Revalidation rule, Instant now, ZoneId zone) {
        return now.atZone(zone).minus(rule.silentFor()).toInstant();
    }

    /**
     * The newest sign in the fields of a record that the purpose names.
     *
     * @param record the values of the record, by API name
     * @param zone in which a day of the CRM ends
     * @return empty if a field is missing or cannot be read, so that nothing is known
     */
    static Optional<Signs> signs(Revalidation rule, Map<String, ?> record, ZoneId zone) {
        Optional<Instant> newest = Optional.empty();
        for (String field : rule.fields()) {
            if (!record.containsKey(field)) {
                return Optional.empty();
            }
            Object value = record.get(field);
            if (value == null || value.toString().isBlank()) {
                continue;
            }
            Optional<Instant> at = instant(value.toString().strip(), zone);
            if (at.isEmpty()) {
                return Optional.empty();
            }
            newest = newest.filter(at.get()::isBefore).or(() -> at);
        }
        return Optional.of(new Signs(newest));
    }

    /**
     * What the fields of a record say.
     *
     * @param newest the newest sign; empty if they name none
     */
    record Signs(Optional<Instant> newest) {}

    // A day counts until its end.
    private static Optional<Instant> instant(String text, ZoneId zone) {
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(zone)
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
