package io.consentbridge.polling;

import io.consentbridge.audience.Content;
import io.consentbridge.audience.LastDelivered;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.LostRows;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Fingerprint;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code deliver-lost}. People whom this product subscribed, and who are no longer on the list
 * although nobody unsubscribed, removed or suppressed them, are delivered again with the content that Campaigns last had of
 * them. Their records need not have changed, and the run counts them. Only people whose record the CRM still has, and the
 * sync still selects, are delivered (see {@link StillSelected}).
 */
public final class LostOnList {

    private static final int PAGE = 100;
    private static final String WHY =
            "Campaigns no longer lists the person, for an unknown reason; they are delivered again.";

    private final LostRows lost;
    private final StillSelected selected;
    private final Members members;
    private final PageStore pages;
    private final ReadLease lease;

    /**
     * @param lease how this process reads runs
     */
    public LostOnList(Database database, StillSelected selected, Members members, PageStore pages, ReadLease lease) {
        this.lost = new LostRows(database);
        this.selected = selected;
        this.members = members;
        this.pages = pages;
        this.lease = lease;
    }

    /**
     * A page for the route.
     *
     * @param people who are delivered again
     * @param unselected records that the sync no longer selects, or that the CRM no longer has
     */
    public record LostPage(List<LostRows.LostMember> people, List<SourceRecord> unselected) {

        public LostPage {
            people = List.copyOf(people);
            unselected = List.copyOf(unselected);
        }

        @Override
        public String toString() {
            return people.size() + " people";
        }
    }

    /** Pages of missing people for whom a record of the sync stands; none for a run that lets only leavers through. */
    public Iterator<LostPage> pages(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        SelectionPlan plan = exchange.getVariable(SelectionPlan.VARIABLE, SelectionPlan.class);
        run.handed().requireToMail();
        return run.handed().of(HandedOut.Stage.LOST, new StoppableIterator<>(new Walk(run, plan), lease.stopping()));
    }

    /**
     * Drafts the delivery of these people, except those who must not be mailed or whose address Campaigns does not accept.
     * Records that are no longer selected stand for nobody.
     */
    public void commit(@Body LostPage page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        List<Person> people =
                page.people().stream().map(LostRows.LostMember::person).toList();
        KnownState known = pages.knowledge(
                run, page.people().stream().map(LostRows.LostMember::recordId).toList(), people);
        List<RecordOutcome> outcomes = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (LostRows.LostMember member : page.people()) {
            if (!known.suppressions().containsKey(member.person())
                    && !known.refusedAddresses().containsKey(member.person())) {
                drafts.add(
                        draft(run, member, Optional.ofNullable(known.members().get(member.person()))));
                outcomes.add(new RecordOutcome(
                        member.recordId(),
                        Optional.of(member.person()),
                        member.source().decision(),
                        new Outcome.Pending(),
                        Optional.of(WHY)));
            }
        }
        PageWrites commit = PageWrites.of(run, lease)
                .records(page.unselected().stream()
                        .map(SourceRecord::leftSelection)
                        .toList())
                .outcomes(outcomes)
                .drafts(drafts)
                .keeping( // Another sync requested whatever waits for these records.
                        PageWrites.Keeping.elsewhere(page.unselected().stream()
                                .map(SourceRecord::recordId)
                                .collect(Collectors.toSet())))
                .build();
        pages.commit(commit, run.companions().keySet());
        // The waiting delivery keeps these people from being found again if this step is lost.
        members.deliveredAgain(
                run.list().id(), drafts.stream().map(Draft::person).toList());
        run.handed().kept(page);
    }

    private static Draft draft(ActiveRun run, LostRows.LostMember lost, Optional<Member> member) {
        Content content = member.flatMap(Member::last)
                .flatMap(LastDelivered::held)
                .orElseGet(() -> new Content(
                        Map.of(ContactMapper.EMAIL, lost.person().address()),
                        run.purpose().topics(),
                        "ConsentBridge " + run.sync().name()));
        return new Draft(
                run.list().id(),
                lost.person(),
                Action.SUBSCRIBE,
                1,
                content,
                Fingerprint.of(Action.SUBSCRIBE, content),
                run.id(),
                lost.recordId(),
                new Outcome.Readded(),
                lost.source().decision());
    }

    private final class Walk implements Iterator<LostPage> {

        private final ActiveRun run;
        private final SelectionPlan plan;
        private boolean ended;
        private long after;
        private List<LostRows.LostMember> next;

        private Walk(ActiveRun run, SelectionPlan plan) {
            this.run = run;
            this.plan = plan;
            this.ended = run.leaversOnly() || !members.anybodyLost(run.list().id());
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                List<LostRows.LostMember> page = lost.of(run, after, PAGE);
                if (page.isEmpty()) {
                    ended = true;
                    members.lookedForLost(run.list().id());
                } else {
                    next = page;
                }
            }
            return next != null;
        }

        @Override
        public LostPage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<LostRows.LostMember> page = next;
            after = page.get(page.size() - 1).number();
            next = null;
            StillSelected.Found found = selected.among(
                    run, plan, page.stream().map(LostRows.LostMember::source).toList());
            return new LostPage(
                    page.stream()
                            .filter(member -> found.unchanged().contains(member.recordId()))
                            .toList(),
                    page.stream()
                            .map(LostRows.LostMember::source)
                            .filter(source -> found.gone().contains(source.recordId()))
                            .toList());
        }
    }
}
