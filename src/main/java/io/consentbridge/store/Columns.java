package io.consentbridge.store;

import io.consentbridge.consent.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
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
        return optionalInstant(row, column).orElseThrow();
    }

    /** A time that may be null. */
    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column)).map(Columns::instant);
    }

    private static Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value instanceof Timestamp time ? time.toInstant() : SqliteValues.instant(((Number) value).longValue());
    }

    /** A number that may be null. */
    public static Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** A yes or no that may be null. */
    public static Boolean flag(ResultSet row, String column) throws SQLException {
        boolean flag = row.getBoolean(column);
        return row.wasNull() ? null : flag;
    }

    /** A date that is not null. */
    public static LocalDate date(ResultSet row, String column) throws SQLException {
        return LocalDate.parse(row.getString(column));
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
