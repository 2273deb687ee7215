package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.lifecycle.AbsentFields;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.mapping.FieldFinder;
import io.consentbridge.mapping.MissingField;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Checks that the fields that a sync maps exist in the CRM and in Campaigns. */
final class MappingCheck {

    private final ConnectionAnswers answers;
    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final CrmFields crmFields;
    private final CampaignsFields campaignsFields;

    MappingCheck(ConnectionAnswers answers, CrmFields crmFields, CampaignsFields campaignsFields) {
        this.answers = answers;
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.crmFields = crmFields;
        this.campaignsFields = campaignsFields;
    }

    void of(Sync sync, Map<String, CrmField> fields) {
        Map<String, CrmField> mapped = new HashMap<>(fields);
        FieldFinder finder = new FieldFinder(sync.module(), module -> crmFields.of(connection, null, module));
        sync.mapping().fields().forEach((target, source) -> {
            FieldFinder.Found found = finder.find(source);
            if (found instanceof FieldFinder.Found.Field field) {
                mapped.put(source, field.field());
            } else if (found instanceof FieldFinder.Found.Refused refused) {
                findings.wrong(places.inMapping(sync, target, refused.why(), refused.whatWouldBeRight()));
            }
        });
        if (!sync.mapping().fields().isEmpty()) {
            answers.attempt(() -> missing(sync, mapped));
        }
    }

    private void missing(Sync sync, Map<String, CrmField> mapped) {
        Set<String> existing = campaignsFields.names(connection, null);
        for (MissingField missing : AbsentFields.of(sync.mapping(), existing, mapped)) {
            if (missing instanceof MissingField.Creatable creatable) {
                findings.checked("sync " + sync.name() + ": Campaigns has no field \"" + missing.target()
                        + "\" yet; the next run creates it, of type "
                        + creatable.field().type());
            } else if (missing instanceof MissingField.Impossible no) {
                findings.wrong(places.inMapping(sync, no.target(), no.why(), no.whatWouldBeRight()));
            }
        }
    }
}
