package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.CustomView;
import io.consentbridge.crm.Joins;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.sync.ConditionFault;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks that the selection of a sync fits the module: its conditions, its custom view, and how many lookups it joins. */
final class SelectionCheck {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final SelectionBinding selections;
    private final CrmViews views;

    SelectionCheck(ConnectionAnswers answers, SelectionBinding selections, CrmViews views) {
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.selections = selections;
        this.views = views;
    }

    void of(Sync sync) {
        LocalDate today = LocalDate.now(connection.zone());
        selections.misfits(connection, sync, today).forEach(misfit -> {
            ConditionFault fault = misfit.fault();
            String pointer = "/select/conditions/" + (misfit.number() - 1) + "/"
                    + fault.element().name().toLowerCase(Locale.ROOT);
            findings.wrong(places.inSyncAt(sync.name(), pointer, fault.getMessage(), fault.whatWouldBeRight()));
        });
        if (sync.selection().scope() instanceof Selection.View wanted) {
            List<CustomView> there = views.all(connection, null, sync.module());
            if (CustomView.find(there, wanted.name()).isEmpty()) {
                findings.wrong(places.inSyncAt(
                        sync.name(),
                        "/select/view",
                        sync.module() + " has no custom view \"" + wanted.name() + "\"",
                        Nearest.hint(
                                wanted.name(),
                                there.stream().map(CustomView::name).toList())));
            }
        }
    }

    /** A query joins a limited number of lookups, those of conditions and of mapped fields together. */
    void joins(Sync sync, Map<String, CrmField> fields) {
        Joins.tooMany(sync, fields).ifPresent(joins -> findings.wrong(place(sync, joins)));
    }

    private Problem place(Sync sync, Joins joins) {
        return joins.target()
                .map(target -> places.inMapping(sync, target, joins.text(), joins.whatWouldBeRight()))
                .orElseGet(() -> places.inSyncAt(
                        sync.name(),
                        "/select/conditions/" + (joins.condition().orElseThrow() - 1) + "/field",
                        joins.text(),
                        joins.whatWouldBeRight()));
    }
}
