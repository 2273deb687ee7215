package io.consentbridge.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What SQLite has no type for: an instant is its microseconds since 1970, a date its ISO text, and an array a JSON text for
 * {@code json_each}.
 */
final class SqliteValues implements ArgumentFactory.Preparable, ColumnMapper<Instant> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;

    /** The microseconds since 1970; null stays null. */
    static Long micros(Instant time) {
        return time == null
                ? null
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / NANOS);
    }

    /** The instant of these microseconds since 1970. */
    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS);
    }

    /** What SQLite stores for a value that another database returned; null stays null. */
    static Object stored(Object value) {
        if (value instanceof OffsetDateTime time) {
            return micros(time.toInstant());
        }
        if (value instanceof Timestamp time) {
            return micros(time.toInstant());
        }
        return value instanceof Date || value instanceof LocalDate ? value.toString() : value;
    }

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        if (type == Instant.class) {
            return Optional.of(value -> number(micros((Instant) value)));
        }
        if (type == LocalDate.class) {
            return Optional.of(value -> text(value == null ? null : value.toString()));
        }
        return isArray(type) ? Optional.of(value -> text(json(value))) : Optional.empty();
    }

    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return prepare(type, config).map(prepared -> prepared.apply(value));
    }

    private static boolean isArray(Type type) {
        return type instanceof GenericArrayType
                || type instanceof Class<?> known && known.isArray() && known != byte[].class
                || type instanceof ParameterizedType of && of.getRawType() == Iterable.class;
    }

    private static Argument number(Long value) {
        return (position, statement, context) -> {
            if (value == null) {
                statement.setNull(position, Types.BIGINT);
            } else {
                statement.setLong(position, value);
            }
        };
    }

    private static Argument text(String value) {
        return (position, statement, context) -> statement.setString(position, value);
    }

    private static String json(Object array) {
        try {
            return JSON.writeValueAsString(array);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("an array of numbers or texts is expected", impossible);
        }
    }

    @Override
    public Instant map(ResultSet row, int column, StatementContext context) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }
}
