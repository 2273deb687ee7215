package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The users of the organisation (docs/zoho-notes.md, "CRM: users"). The first is the one whose token is used. */
final class Users {

    static final User CURRENT = new User(5_394_166_000_000_235_011L, "Pat Bell", "pat.bell@example.com");

    private static final List<User> ALL = List.of(
            CURRENT,
            new User(5_394_166_000_000_235_012L, "Ute Krüger", "ute.krueger@example.com"),
            new User(5_394_166_000_000_235_013L, "陈明", "chen.ming@example.com"));

    private Users() {}

    static Map<String, Object> reference() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", CURRENT.name());
        map.put("id", Long.toString(CURRENT.id()));
        return map;
    }

    static Map<String, Object> list(String type) {
        List<User> users = "CurrentUser".equals(type) ? List.of(CURRENT) : ALL;
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("per_page", 200);
        info.put("count", users.size());
        info.put("page", 1);
        info.put("more_records", false);
        return Map.of("users", users.stream().map(Users::details).toList(), "info", info);
    }

    private static Map<String, Object> details(User user) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toString(user.id()));
        map.put("full_name", user.name());
        map.put("last_name", user.name());
        map.put("email", user.email());
        map.put("status", "active");
        map.put("confirm", true);
        map.put("zuid", "70" + user.id() % 1_000_000);
        map.put("time_zone", Render.ZONE.getId());
        map.put("locale", "en_US");
        map.put("language", "en_US");
        map.put("role", Map.of("name", "CEO", "id", "5394166000000026005"));
        map.put("profile", Map.of("name", "Administrator", "id", "5394166000000026011"));
        return map;
    }
}
