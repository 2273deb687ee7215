package io.consentbridge.campaigns;

import io.consentbridge.consent.Person;
import io.consentbridge.zoho.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recipient of a campaign as Campaigns lists them for one action (docs/zoho-notes.md, "Campaigns: recipients"). The address
 * is personal data, and {@link #toString()} does not show it.
 *
 * @param person the recipient
 * @param address the address as Campaigns has it, without surrounding blanks
 * @param at when it happened first, mostly to the minute; empty where Zoho does not say, which is the usual case
 * @param sent when the mail was sent to this person; empty where Zoho does not say
 * @param times every time that Zoho gives for the action, earliest first
 */
public record Recipient(
        Person person, String address, Optional<Instant> at, Optional<Instant> sent, List<Instant> times) {

    public Recipient {
        times = List.copyOf(times);
    }

    /** The address of a row; empty if it has none. */
    static String address(JsonValue row) {
        return Stream.of("contactemailaddress", "contact_email")
                .map(field -> SaidTimes.text(row, field))
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
    }

    static Recipient of(RecipientAction action, JsonValue row, ZoneId zone) {
        String address = address(row);
        Optional<Instant> sent = SaidTimes.epoch(row, "sent_time");
        List<Instant> times = switch (action) {
            case SENT -> sent.stream().toList();
            case OPENED, CLICKED ->
                row.path("reports").values().stream()
                        .flatMap(report -> SaidTimes.time(report.path("time").text(), zone).stream())
                        .sorted()
                        .toList();
            case OPTED_OUT, SPAM -> time(row, "optOutTime", zone);
            case HARD_BOUNCE, SOFT_BOUNCE -> time(row, "bouncedDate", zone);
            case UNOPENED, UNSENT -> List.of();
        };
        return new Recipient(new Person(address), address, times.stream().findFirst(), sent, times);
    }

    private static List<Instant> time(JsonValue row, String field, ZoneId zone) {
        return SaidTimes.time(SaidTimes.text(row, field), zone).stream().toList();
    }

    @Override
    public String toString() {
        return "recipient of a campaign";
    }
}
