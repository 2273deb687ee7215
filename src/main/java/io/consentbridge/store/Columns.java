package io.consentbridge.store;

import io.consentbridge.consent.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Converts texts, times and people for columns. */
public final class Columns {

    private Columns() {}

    /** The text without NUL, which PostgreSQL refuses, cut to {@code max} characters; null stays null. */
    public static String clip(String text, int max) {
        if (text == null) {
            return null;
        }
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (clean.length() <= max) {
            return clean;
        }
        // Half a surrogate pair is no character to PostgreSQL.
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max);
    }

    /** A time that is not null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A time that may be null. */
    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** A text that may be null. */
    public static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** The addresses of these people, each once, in a stable order. */
    public static List<String> addresses(Collection<Person> people) {
        return people.stream().map(Person::address).distinct().sorted().toList();
    }
}
