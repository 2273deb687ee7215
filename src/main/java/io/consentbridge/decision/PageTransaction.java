package io.consentbridge.decision;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.CursorRows;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SourceRows;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes one page within a transaction. */
final class PageTransaction {

    // Longer than any page takes from its look-up to its commit, single records read for evidence included.
    private static final Duration LATELY = Duration.ofHours(1);

    private final Handle handle;
    private final PageWrites page;
    private final Collection<String> companions;
    private final Members members;
    private final Instant now;
    private final Map<String, String> asked = new HashMap<>();

    /** @param companions other syncs that serve the same list */
    PageTransaction(Handle handle, PageWrites page, Collection<String> companions, Members members, Instant now) {
        this.handle = handle;
        this.companions = companions;
        this.members = members;
        this.page = page;
        this.now = now;
        page.drafts().stream()
                .filter(Draft::counted)
                .forEach(draft -> asked.put(draft.recordId(), draft.fingerprint()));
    }

    /** @throws PlanBroken when the run has a plan that says something else of the page's records */
    void checkPlan() {
        PlanRows.of(handle, page.sync(), page.runId()).take(page);
    }

    void commit(Outbox outbox, Suppressions suppressions) {
        keepLease();
        PersonNumbers people = PersonNumbers.of(handle, page.people());
        Set<String> withoutSay = withoutSay();
        List<SourceRecord> gone = withoutSay.isEmpty() ? List.of() : SourceRows.byId(handle, page.sync(), withoutSay);
        SourceRows.forget(handle, page.sync(), page.forgotten());
        if (!page.records().isEmpty()) {
            String met = CursorRows.everything(handle, page.sync()).orElse(page.runId());
            SourceRows.write(handle, page.sync(), met, page.records(), people);
        }
        RemainingRows.takeOut(
                handle,
                page.sync(),
                page.records().stream().map(SourceRecord::recordId).toList());
        RemainingRows.note(handle, page.sync(), companions, gone, page.forgotten());
        consentEnds();
        FormerAddresses.moved(
                handle, page.connection(), page.sync(), page.keeping().moved());
        FormerAddresses.besides(
                handle, page.connection(), page.keeping().seconds().byRecord());
        suppressions.replace(handle, page.connection(), page.origins(), page.suppressions());
        WithheldPeople.replace(
                handle,
                page.connection(),
                page.keeping().spoke(),
                page.keeping().withheld());
        // Runs before this page's outcomes, which may name somebody else, replace those that waited.
        outbox.withdraw(handle, page.sync(), withoutDraft(), page.runId());
        PageOutcomes outcomes = new PageOutcomes(handle, page, asked);
        Map<String, Boolean> counted = outcomes.write(people);
        outcomes.duplicates();
        outbox.stay(handle, page.keeping().listId(), page.keeping().unchanged(), page.runId());
        outbox.enqueue(handle, drafts(counted));
        outbox.enqueue(handle, successorsOfRefusing(outbox));
        outbox.expelJustSubscribed(
                handle, page.connection(), page.suppressions(), asksToLeave(), page.runId(), barring());
        PageRequests.withdraw(
                handle,
                page.connection(),
                page.suppressions().stream().map(Suppression::person).distinct().toList(),
                now);
        LedgerRows.append(handle, page.runId(), page.ledger(), people, counted.keySet());
        confirmedMeanwhile();
        page.requests().stream()
                .findFirst()
                .ifPresent(first -> PageRequests.ask(handle, first.purpose(), page.requests()));
        page.progress().ifPresent(progress -> CursorRows.save(handle, page.sync(), progress));
    }

    private void confirmedMeanwhile() {
        List<String> asking = page.records().stream()
                .filter(record -> record.decision().equals(Decision.REQUEST_CONSENT))
                .map(SourceRecord::recordId)
                .toList();
        if (!asking.isEmpty()) {
            RemainingRows.confirmed(handle, page.sync(), asking, now.minus(LATELY));
        }
    }

    /** Records that no longer count for the person for whom they stood. */
    private Set<String> withoutSay() {
        Set<String> ids = new HashSet<>(page.forgotten());
        page.records().stream()
                .filter(record -> !record.counts())
                .map(SourceRecord::recordId)
                .forEach(ids::add);
        page.keeping().moved().forEach(moved -> ids.add(moved.recordId()));
        return ids;
    }

    /**
     * Stores the ends of consent. A record that left the selection is not read any more; its last statement about consent
     * holds for people who stay on the list.
     */
    private void consentEnds() {
        Set<String> read = page.records().stream()
                .filter(record -> !record.decision().equals(SourceRecord.UNMATCHED))
                .map(SourceRecord::recordId)
                .collect(Collectors.toSet());
        read.addAll(page.forgotten());
        read.addAll(page.keeping().ends().keySet());
        ConsentEnds.write(handle, page.sync(), read, page.keeping().ends());
        SourceRows.ended(handle, page.sync(), page.keeping().ended());
    }

    /** Members who earlier had an address that now refuses mail. */
    private List<Draft> successorsOfRefusing(Outbox outbox) {
        if (page.keeping().refusing().isEmpty() || page.suppressions().isEmpty()) {
            return List.of();
        }
        Map<Person, Suppression> refusals = new HashMap<>();
        page.suppressions().forEach(refusal -> refusals.put(refusal.person(), refusal));
        Map<Person, Suppression> later = new HashMap<>();
        FormerAddresses.successors(
                        handle,
                        page.connection(),
                        refusals.keySet(),
                        page.keeping().seconds().refuse())
                .forEach((earlier, now) -> now.forEach(person -> later.put(person, refusals.get(earlier))));
        if (later.isEmpty()) {
            return List.of();
        }
        outbox.awaitSettling(handle, page.connection(), later.keySet());
        long list = page.keeping().listId();
        return members.of(handle, list, PersonNumbers.known(handle, later.keySet())).values().stream()
                .filter(Member::perhapsOnList)
                .map(member -> Draft.leaving(
                                page.keeping().refusing().get(),
                                list,
                                member.person(),
                                page.runId(),
                                later.get(member.person()).recordId(),
                                new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                        .uncounted())
                .toList();
    }

    private OptionalLong barring() {
        return page.keeping().refusing().filter(Action.DO_NOT_MAIL::equals).isPresent()
                ? OptionalLong.of(page.keeping().listId())
                : OptionalLong.empty();
    }

    private Set<Person> asksToLeave() {
        return page.drafts().stream()
                .filter(draft -> draft.action() != Action.SUBSCRIBE)
                .map(Draft::person)
                .collect(Collectors.toSet());
    }

    private void keepLease() {
        int ours = handle.createUpdate("""
                        update run set lease_until = :lease, calls_accounts = calls_accounts + :accounts,
                            calls_crm = calls_crm + :crm, calls_campaigns = calls_campaigns + :campaigns
                        where id = :run and node = :node and state = 'reading'
                        """)
                .bind("lease", now.plus(page.lease()))
                .bind("accounts", page.calls().accounts())
                .bind("crm", page.calls().crm())
                .bind("campaigns", page.calls().campaigns())
                .bind("run", page.runId())
                .bind("node", page.node())
                .execute();
        if (ours == 0) {
            throw new LeaseLost(page.runId());
        }
    }

    /**
     * Records that now require no delivery, or a delivery to another person; a delivery that an earlier reading requested
     * for them is out of date.
     */
    private Set<String> withoutDraft() {
        Set<String> without =
                page.outcomes().stream().map(RecordOutcome::recordId).collect(Collectors.toSet());
        page.records().forEach(record -> without.add(record.recordId()));
        without.addAll(page.forgotten());
        without.addAll(page.keeping().ended().keySet());
        without.removeAll(asked.keySet());
        page.keeping().moved().forEach(moved -> without.add(moved.recordId()));
        without.removeAll(page.keeping().elsewhere());
        return without;
    }

    private List<Draft> drafts(Map<String, Boolean> counted) {
        return page.drafts().stream()
                .filter(draft -> !draft.counted() || !counted.getOrDefault(draft.recordId(), false))
                .toList();
    }
}
