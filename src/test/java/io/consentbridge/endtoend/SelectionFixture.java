package io.consentbridge.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/** Syncs that select records, over one installation for all tests of a class. */
abstract class SelectionFixture extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    /** A sync with these conditions, and a pattern unless it is null. */
    static void criteria(String name, String module, String pattern, String... conditions) {
        select(
                name,
                module,
                "{scope: criteria, conditions: [" + String.join(", ", conditions) + "]"
                        + (pattern == null ? "" : ", pattern: \"" + pattern + "\"") + "}");
    }

    static void select(String name, String module, String select, String... more) {
        String[] lines = new String[more.length + 2];
        lines[0] = "select: " + select;
        lines[1] = module.equals("Leads") ? "convertedLeads: include" : "state: active";
        System.arraycopy(more, 0, lines, 2, more.length);
        bridge.files().purpose(name).sync(name, module, lines);
        bridge.reload();
    }

    static String lead(String name, Map<String, Object> more) {
        String email = name.toLowerCase(Locale.ROOT) + "@c9.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, more));
        return email;
    }

    static Set<String> on(String list) {
        return bridge.zoho().statuses(list).keySet();
    }

    static String contact(String name, String department) {
        return bridge.zoho()
                .create("Contacts", Bridge.fields(name + "@c9.example.com", Map.of("Department", department)));
    }

    static String deal(String contact, String stage, int amount, String name) {
        return bridge.zoho()
                .create(
                        "Deals",
                        Map.of(
                                "Deal_Name", name,
                                "Stage", stage,
                                "Amount", amount,
                                "Contact_Name", Map.of("id", contact)));
    }

    static String fieldsOf(String list, String email) {
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                return member.path("fields").toString();
            }
        }
        throw new AssertionError(email + " is not on " + list);
    }
}
