package io.consentbridge.polling;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.ConsentRule;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SweepRows;
import io.consentbridge.decision.DecisionEvents;
import io.consentbridge.decision.Refusers;
import io.consentbridge.decision.WithheldPeople;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.RefusingMembers.RefusingMember;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Stores what sweeps between runs read, each page in one transaction: its refusals, who leaves which list, and the cursor.
 */
public final class BetweenRuns {

    private static final Decision REFUSED = new Decision.Suppress(
            IgnoreReason.OPTED_OUT,
            "The CRM says that the person must not be mailed (read between runs).",
            ConsentRule.OPTED_OUT);

    private final Database database;
    private final Outbox outbox;
    private final Members members;
    private final Suppressions suppressions;

    public BetweenRuns(Database database, Outbox outbox, Members members, Suppressions suppressions) {
        this.database = database;
        this.outbox = outbox;
        this.members = members;
        this.suppressions = suppressions;
    }

    /**
     * A list that people leave.
     *
     * @param sync the sync of the list
     * @param purpose the purpose for which its people are mailed
     * @param seconds whether a refusal by another address of the same person counts
     * @param listId the list
     * @param action how people leave, as the sync's {@code optedOut} says
     * @param runId the newest run of the sync, under whose id the removals are made; it does not count them
     */
    public record Target(String sync, Purpose purpose, boolean seconds, long listId, Action action, String runId) {

        Draft leaving(Suppression refusal) {
            return Draft.leaving(
                    action,
                    listId,
                    refusal.person(),
                    runId,
                    refusal.recordId(),
                    new Outcome.Ignored(IgnoreReason.OPTED_OUT));
        }

        Draft leaving(RefusingMember member) {
            return Draft.leaving(
                            action,
                            listId,
                            member.person(),
                            runId,
                            member.recordId(),
                            new Outcome.Ignored(member.reason()))
                    .uncounted();
        }

        LedgerEvent event(Suppression refusal, Instant now) {
            return DecisionEvents.of(
                    new DecisionEvents.Place(refusal.connection(), purpose, sync, runId),
                    refusal.person(),
                    refusal.recordId(),
                    REFUSED,
                    DecisionEvents.Grounds.NONE,
                    now);
        }
    }

    /** The people for whom the records of a page refuse mail. */
    public Refusers refusers(String connection, SweptPage page, BasisReader words) {
        return database.query(handle -> Refusers.of(handle, connection, page.records(), words));
    }

    /**
     * Stores a page. Storing the same page again changes nothing.
     *
     * @param refusals the suppressions that the page's records state
     * @param withheld the people whom a record withholds without a refusal
     * @return how many people are to leave a list
     */
    public int keep(
            String connection,
            SweptPage page,
            List<Suppression> refusals,
            List<WithheldPeople.Withheld> withheld,
            List<Target> targets,
            Instant now) {
        return database.transaction(handle -> {
            Map<String, Instant> origins = origins(page);
            FormerAddresses.besides(handle, connection, page.addresses());
            suppressions.replace(handle, connection, origins, refusals);
            WithheldPeople.replace(handle, connection, origins, withheld);
            PageRequests.withdraw(
                    handle,
                    connection,
                    refusals.stream().map(Suppression::person).distinct().toList(),
                    now);
            List<Draft> drafts = new ArrayList<>();
            for (Target target : targets) {
                List<Suppression> leavers = leavers(handle, connection, target, refusals);
                leavers.forEach(refusal -> drafts.add(target.leaving(refusal)));
                LedgerRows.append(
                        handle,
                        leavers.stream()
                                .map(refusal -> target.event(refusal, now))
                                .toList());
            }
            outbox.enqueue(handle, drafts);
            Set<Person> asked = drafts.stream().map(Draft::person).collect(Collectors.toSet());
            targets.stream()
                    .findFirst()
                    .ifPresent(any -> outbox.expelJustSubscribed(
                            handle, connection, refusals, asked, any.runId(), OptionalLong.empty()));
            SweepRows.save(
                    handle, Cursors.betweenRuns(connection), page.module().name(), page.reached());
            return drafts.size();
        });
    }

    /**
     * Drafts the removal of members who refused, unless they are already leaving.
     *
     * @return how many people are to leave
     */
    public int expel(Target target, List<RefusingMember> refusing) {
        return database.transaction(handle -> {
            Map<Person, Draft> drafts = new LinkedHashMap<>();
            refusing.forEach(member -> drafts.putIfAbsent(member.person(), target.leaving(member)));
            drafts.keySet()
                    .removeAll(outbox.leaving(handle, target.listId(), target.action(), Set.copyOf(drafts.keySet())));
            outbox.enqueue(handle, List.copyOf(drafts.values()));
            return drafts.size();
        });
    }

    private static Map<String, Instant> origins(SweptPage page) {
        return page.records().stream()
                .collect(Collectors.toMap(
                        record -> Suppression.crm(page.module().name(), record.id()),
                        CrmRecord::modified,
                        (one, other) -> one.isAfter(other) ? one : other));
    }

    /** The refusals of members, at their address or at an earlier one, whose removal is not pending yet. */
    private List<Suppression> leavers(Handle handle, String connection, Target target, List<Suppression> refusals) {
        Map<Person, Suppression> byPerson = new HashMap<>();
        refusals.forEach(refusal -> byPerson.putIfAbsent(refusal.person(), refusal));
        FormerAddresses.successors(handle, connection, Set.copyOf(byPerson.keySet()), target.seconds())
                .forEach((earlier, later) ->
                        later.forEach(person -> byPerson.putIfAbsent(person, of(person, byPerson.get(earlier)))));
        outbox.awaitSettling(handle, connection, byPerson.keySet());
        Set<Person> leaving = outbox.leaving(handle, target.listId(), target.action(), byPerson.keySet());
        return members.of(handle, target.listId(), PersonNumbers.known(handle, byPerson.keySet())).values().stream()
                .filter(Member::perhapsOnList)
                .map(Member::person)
                .filter(person -> !leaving.contains(person))
                .map(byPerson::get)
                .toList();
    }

    private static Suppression of(Person later, Suppression refusal) {
        return new Suppression(
                refusal.connection(), later, refusal.listId(), refusal.origin(), refusal.reason(), refusal.since());
    }
}
