package io.consentbridge.polling;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.PageStore;
import io.consentbridge.run.ActiveRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the CRM whether records that a sync read earlier still exist and are still selected. What our database says about
 * them may be old: with {@code unmatched: ignore} no step looks for records that left the selection, and with {@code
 * deleted: ignore} none looks for deleted ones.
 */
public final class StillSelected {

    private final CrmReader reader;
    private final Cursors cursors;
    private final PageStore pages;

    public StillSelected(CrmReader reader, Cursors cursors, PageStore pages) {
        this.reader = reader;
        this.cursors = cursors;
        this.pages = pages;
    }

    /**
     * The result for some records.
     *
     * @param unchanged ids of records that are selected and say the same as when the sync read them
     * @param gone ids of records that are no longer selected, or that the CRM does not have
     */
    record Found(Set<String> unchanged, Set<String> gone) {}

    /**
     * Asks after the run has read its pages; one call for each hundred records, and one more for each 2,000 deals if the
     * sync selects by deals. A record that changed after the pages were read is neither unchanged nor gone: the next run
     * decides it.
     *
     * <p>Asking throws {@link io.consentbridge.zoho.ZohoFault}.
     *
     * @param plan how the run requested its records
     * @param records the records as the sync last read them, a hundred at most
     */
    Found among(ActiveRun run, SelectionPlan plan, Collection<SourceRecord> records) {
        Set<String> ids = records.stream().map(SourceRecord::recordId).collect(Collectors.toSet());
        if (plan.isEmpty()) {
            return new Found(Set.of(), ids);
        }
        if (plan.listed().filter(list -> !list.steady()).isPresent()) {
            return met(run, ids);
        }
        Map<String, Instant> read = read(run, plan, ids);
        Set<String> unchanged = records.stream()
                .filter(record -> record.modified().equals(read.get(record.recordId())))
                .map(SourceRecord::recordId)
                .collect(Collectors.toSet());
        Set<String> gone = new HashSet<>(ids);
        // A view cannot be queried for single records; a change that its reading did not bring took the record out of
        // it.
        gone.removeAll(plan.listed().isPresent() ? unchanged : read.keySet());
        return new Found(unchanged, gone);
    }

    // Each run reads a campaign, or a view that depends on the date, completely; its records are marked while a person
    // is missing.
    private Found met(ActiveRun run, Set<String> ids) {
        return cursors.everything(run.sync().name())
                .map(begun -> {
                    Set<String> met = pages.met(run.sync().name(), begun, ids);
                    Set<String> gone = new HashSet<>(ids);
                    gone.removeAll(met);
                    return new Found(met, gone);
                })
                .orElse(new Found(Set.of(), Set.of()));
    }

    private Map<String, Instant> read(ActiveRun run, SelectionPlan plan, Set<String> ids) {
        List<CrmRecord> selected = new ArrayList<>();
        if (plan.listed().isPresent() || plan.records().readsOwn()) {
            reader
                    .withIds(
                            new ReadRequest(
                                    run.connection(),
                                    run.id(),
                                    run.sync().module(),
                                    List.copyOf(plan.records().fieldsHere()),
                                    plan.listed().isPresent()
                                            ? null
                                            : plan.records().ownCondition(),
                                    null),
                            ids)
                    .records()
                    .stream()
                    .filter(record -> plan.records().holds(record.values()))
                    .forEach(selected::add);
        }
        if (plan.records().readsDeals()) {
            ContactsOfDeals deals = ContactsOfDeals.of(
                    reader,
                    new ReadRequest(
                            run.connection(),
                            run.id(),
                            run.sync().module(),
                            List.copyOf(plan.records().fieldsHere()),
                            null,
                            null),
                    plan.records(),
                    ids);
            while (deals.hasNext()) {
                CrmPage page = deals.next();
                selected.addAll(page.records());
            }
        }
        return selected.stream().collect(Collectors.toMap(CrmRecord::id, CrmRecord::modified, (one, same) -> same));
    }
}
