package io.consentbridge.campaigns;

import io.consentbridge.zoho.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads texts and times as Campaigns writes them: what is absent is sometimes the text {@code null}, times are milliseconds or
 * texts in the zone of the organisation (docs/zoho-notes.md, "Campaigns: times").
 */
final class SaidTimes {

    private static final List<DateTimeFormatter> TEXTS = Stream.of(
                    "d MMM uuuu, h:mm[:ss] a", "MMM d, uuuu h:mm[:ss] a", "MMM d, uuuu, h:mm[:ss] a")
            .map(pattern -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .toFormatter(Locale.ENGLISH))
            .toList();

    private SaidTimes() {}

    /** The text of a field; empty for none and for {@code null}. */
    static String text(JsonValue row, String field) {
        String said = row.path(field).text().strip();
        return said.equalsIgnoreCase("null") ? "" : said;
    }

    /** A time in milliseconds; empty for anything else, and for zero. */
    static Optional<Instant> epoch(JsonValue row, String field) {
        String said = text(row, field);
        return said.matches("[1-9]\\d{10,13}")
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(said)))
                : Optional.empty();
    }

    /** A time in milliseconds or as a text in a zone; empty for anything else. */
    static Optional<Instant> time(String said, ZoneId zone) {
        String text = said.strip();
        if (text.matches("[1-9]\\d{10,13}")) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        }
        for (DateTimeFormatter format : TEXTS) {
            try {
                return Optional.of(
                        LocalDateTime.parse(text, format).atZone(zone).toInstant());
            } catch (DateTimeException other) {
                continue;
            }
        }
        return Optional.empty();
    }
}
