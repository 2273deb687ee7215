package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the modules and properties of an organisation, through {@code direct:crm-settings} (docs/zoho-notes.md, "CRM:
 * modules" and "CRM: organisation").
 */
public final class CrmModules {

    private static final Set<String> WITH_RECORDS = Set.of("default", "custom");

    /**
     * Modules that come with the CRM and never contain people's own wishes; their fields are not read, which saves calls.
     */
    private static final Set<String> NO_PEOPLE = Set.of(
            "Home",
            "Accounts",
            "Deals",
            "Activities",
            "Tasks",
            "Events",
            "Calls",
            "Campaigns",
            "Products",
            "Quotes",
            "Sales_Orders",
            "Purchase_Orders",
            "Invoices",
            "Price_Books",
            "Solutions",
            "Cases",
            "Notes",
            "Attachments",
            "Reports",
            "Dashboards",
            "Forecasts");

    private final ZohoSeams seams;

    public CrmModules(ZohoSeams seams) {
        this.seams = seams;
    }

    /** A module that may contain people; {@code own} if the organisation made it. */
    public record Module(String name, boolean own) {}

    /**
     * The modules that may contain people, in Zoho's order; one call.
     *
     * @param runId the run for which the call is counted; null for none
     * @throws ZohoFault if Zoho does not answer
     */
    public Set<Module> all(Connection connection, String runId) {
        JsonValue reply = ask(connection, runId, "modules", "settings/modules");
        Set<Module> modules = new LinkedHashSet<>();
        for (JsonValue module : reply.path("modules").values()) {
            String type = module.path("generated_type").text("default");
            String name = module.path("api_name").text();
            if (module.path("api_supported").flag(true)
                    && WITH_RECORDS.contains(type)
                    && !name.isEmpty()
                    && !NO_PEOPLE.contains(name)) {
                modules.add(new Module(name, type.equals("custom")));
            }
        }
        if (modules.isEmpty()) {
            throw new ZohoFault.Rejected("no-modules", connection.name() + ": Zoho CRM lists no module with people");
        }
        return modules;
    }

    /**
     * The edition of the CRM (docs/zoho-notes.md, "CRM: organisation").
     *
     * @param word Zoho's word, such as {@code enterprise}; empty if it does not say
     * @param free whether it is an edition without payment
     */
    public record Edition(Optional<String> word, boolean free) {

        /** The edition in words, for people. */
        public String text() {
            return word.orElse("not told by Zoho") + (free ? " (free)" : "");
        }
    }

    /** The edition of the CRM; one call. */
    public Edition edition(Connection connection) {
        JsonValue license =
                ask(connection, null, "organisation", "org").path("org").path(0).path("license_details");
        String word = license.path("paid_type").text().strip();
        return new Edition(
                Optional.of(word).filter(text -> text.matches("[\\w .+-]{1,40}")),
                license.path("paid").isFlag() && !license.path("paid").flag(true));
    }

    /** Whether the organisation's privacy settings are on; empty if it does not say. One call. */
    public Optional<Boolean> privacySettings(Connection connection, String runId) {
        JsonValue on = ask(connection, runId, "organisation", "org")
                .path("org")
                .path(0)
                .path("privacy_settings");
        return on.isFlag() ? Optional.of(on.flag(false)) : Optional.empty();
    }

    private JsonValue ask(Connection connection, String runId, String subject, String path) {
        CrmCall call = CrmCall.get(runId, "settings", subject, path, Map.of());
        return seams.ask("crm-settings", connection, call, CrmReply.class).value();
    }
}
