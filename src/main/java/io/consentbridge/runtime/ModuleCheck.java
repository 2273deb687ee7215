package io.consentbridge.runtime;

import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the module of a sync has the fields without which nobody may be mailed, and that their words have a meaning.
 */
final class ModuleCheck {

    private final ConnectionAnswers answers;
    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Components.Crm crm;
    private final MappingCheck mapping;
    private final SelectionCheck selection;
    private final Set<String> asked = new HashSet<>();

    ModuleCheck(ConnectionAnswers answers, Components.Crm crm, MappingCheck mapping, SelectionCheck selection) {
        this.answers = answers;
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.crm = crm;
        this.mapping = mapping;
        this.selection = selection;
    }

    void of(Sync sync, Purpose purpose) {
        Map<String, CrmField> fields;
        try {
            fields = crm.fields().of(connection, null, sync.module());
        } catch (ZohoFault.Rejected rejected) {
            if (rejected.unscoped().isPresent()) {
                throw rejected;
            }
            findings.wrong(
                    places.inSync(sync.name(), "module:", rejected.getMessage(), "write the API name of a CRM module"));
            return;
        }
        if (!CrmField.isGiven(fields, "Email")) {
            findings.wrong(places.inSync(
                    sync.name(),
                    "module:",
                    sync.module() + " has no Email field" + orRestricted(fields, "Email"),
                    "use a module that has one"));
        }
        if (purpose.lawfulBasis() == LawfulBasis.CONSENT && !CrmField.isGiven(fields, "Data_Processing_Basis")) {
            findings.wrong(places.inSync(
                    sync.name(),
                    "module:",
                    sync.module() + " has no field Data_Processing_Basis"
                            + orRestricted(fields, "Data_Processing_Basis")
                            + ", which a purpose based on consent needs",
                    "use a module for which GDPR compliance is switched on in the CRM"));
        }
        if (CrmField.isGiven(fields, "Data_Processing_Basis")) {
            words(sync.module());
        }
        mapping.of(sync, fields);
        new AskingCheck(findings, places).of(sync, purpose, fields);
        selection.of(sync);
        selection.joins(sync, fields);
    }

    private static String orRestricted(Map<String, CrmField> fields, String field) {
        return fields.containsKey(field) ? " that the CRM's privacy settings let the API read" : "";
    }

    /** Unknown words are not a mistake: their people are withheld until somebody configures what the words mean. */
    private void words(String module) {
        if (asked.add(module)) {
            answers.attempt(() -> UnknownWords.text(crm.unknownWords().unknown(connection, module))
                    .ifPresent(text -> findings.checked("module " + module + ": " + text)));
        }
    }
}
