package io.consentbridge.endtoend;

import io.consentbridge.store.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Contacts who consented, chosen by their department, over one installation on each engine for all tests of a class. */
abstract class ConsentingFixture extends EveryEngineFixture {

    static final String OBTAINED = "Consent - Obtained";
    static final String BASIS = "Data_Processing_Basis";

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine).set("BRAKE_PEOPLE", "20"));
    }

    static String of(String town) {
        return "select: {scope: criteria, conditions: [{field: Department, operator: equals, value: " + town + "}]}";
    }

    static void consenting(String name, String... more) {
        List<String> lines = new ArrayList<>(List.of(of(name), "consent: expressed", "evidence: basis"));
        lines.addAll(List.of(more));
        bridge.files().purpose(name, "lawfulBasis: consent").sync(name, "Contacts", lines.toArray(String[]::new));
        bridge.reload();
    }

    static String email(String name) {
        return name.toLowerCase(java.util.Locale.ROOT) + "@c9.example.com";
    }

    static String contact(String name, String town, String basis) {
        return bridge.zoho().create("Contacts", Bridge.fields(email(name), Map.of("Department", town, BASIS, basis)));
    }

    static void says(String id, Object basis) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(BASIS, basis);
        bridge.zoho().change("Contacts", id, fields);
    }

    static Map<String, String> statuses(String list) {
        return bridge.zoho().statuses(list);
    }

    static Map<String, Object> details(Object byEmail) {
        Map<String, Object> details = new HashMap<>(Map.of(BASIS, "Obtained"));
        if (byEmail != null) {
            details.put("Contact_Through_Email", byEmail);
        }
        return Map.of(BASIS, OBTAINED, "Data_Processing_Basis_Details", details);
    }
}
