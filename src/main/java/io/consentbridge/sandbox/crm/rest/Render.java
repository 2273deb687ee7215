package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.schema.User;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes raw values as the CRM does: ids as text, date-times in the organisation's zone, in whole seconds. */
final class Render {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private Render() {}

    static Object value(Object raw) {
        if (raw instanceof Ref ref) {
            return reference(Long.toString(ref.id()), ref.name());
        }
        if (raw instanceof User user) {
            Map<String, Object> map = reference(Long.toString(user.id()), user.name());
            map.put("email", user.email());
            return map;
        }
        if (raw instanceof Map<?, ?> map) {
            Map<String, Object> rendered = new LinkedHashMap<>();
            map.forEach((key, value) -> rendered.put(key.toString(), value(value)));
            return rendered;
        }
        if (raw instanceof List<?> list) {
            return list.stream().map(Render::value).toList();
        }
        return scalar(raw);
    }

    /** Returns the value as COQL shows it: for a lookup only the id (docs/zoho-notes.md, "CRM: COQL requests and rows"). */
    static Object coql(Object raw) {
        if (raw instanceof Ref ref) {
            return Map.of("id", Long.toString(ref.id()));
        }
        if (raw instanceof User user) {
            return Map.of("id", Long.toString(user.id()));
        }
        return value(raw);
    }

    static String time(long epochSecond) {
        return DATE_TIME.format(Instant.ofEpochSecond(epochSecond).atZone(ZONE));
    }

    private static Object scalar(Object raw) {
        if (raw instanceof Instant instant) {
            return time(instant.getEpochSecond());
        }
        if (raw instanceof Long id) {
            return Long.toString(id);
        }
        return raw instanceof LocalDate date ? date.toString() : raw;
    }

    private static Map<String, Object> reference(String id, String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("id", id);
        return map;
    }
}
