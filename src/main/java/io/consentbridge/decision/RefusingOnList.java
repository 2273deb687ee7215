package io.consentbridge.decision;

import io.consentbridge.audience.MailingList;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.RefusingMembers.RefusingMember;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code expel-refusing}: at the end of a reading, members with a known refusal leave the list as the
 * sync's {@code optedOut} says, including members whom this product did not subscribe. It needs no call to the CRM. These
 * members are no records of the run, so the run does not count them among its records.
 */
public final class RefusingOnList {

    private static final int PAGE = 500;

    private final RefusingMembers members;
    private final PageStore pages;
    private final ListFigures figures;
    private final ReadLease lease;

    /**
     * @param lease how this process reads runs
     */
    public RefusingOnList(RefusingMembers members, PageStore pages, ListFigures figures, ReadLease lease) {
        this.members = members;
        this.pages = pages;
        this.figures = figures;
        this.lease = lease;
    }

    /**
     * A page for the route.
     *
     * @param listId the list that they are on
     */
    public record RefusingPage(long listId, List<RefusingMember> people) {
        @Override
        public String toString() {
            return people.size() + " people";
        }
    }

    /**
     * Pages of people who refused and are on the list, or on the list by which the purpose requests consent; none if the
     * sync leaves such people there.
     */
    public Iterator<RefusingPage> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        figures.found(run.id(), run.list().id());
        return run.handed().of(HandedOut.Stage.REFUSING, new StoppableIterator<>(new Walk(run), lease.stopping()));
    }

    /** Drafts the removal of these people. */
    public void commit(@Body RefusingPage page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        Action action = Action.of(run.sync().optedOut()).orElseThrow();
        Map<Person, Draft> drafts = new LinkedHashMap<>();
        page.people()
                .forEach(member -> drafts.putIfAbsent(
                        member.person(),
                        Draft.leaving(
                                        action,
                                        page.listId(),
                                        member.person(),
                                        run.id(),
                                        member.recordId(),
                                        new Outcome.Ignored(member.reason()))
                                .uncounted()));
        pages.commitLeavers(PageWrites.of(run, lease)
                .drafts(new ArrayList<>(drafts.values()))
                .keeping(new PageWrites.Keeping(page.listId(), List.of(), Set.of(), Optional.of(action)))
                .build());
        figures.refused(run.id(), drafts.size());
        run.handed().kept(page);
    }

    /** Goes through list by list: first refusals of people themselves, then refusals at an earlier address. */
    private final class Walk implements Iterator<RefusingPage> {

        private final ActiveRun run;
        private final Deque<Long> lists = new ArrayDeque<>();
        private boolean former;
        private long after;
        private List<RefusingMember> next;

        private Walk(ActiveRun run) {
            this.run = run;
            if (Action.of(run.sync().optedOut()).isPresent()) {
                lists.add(run.list().id());
                run.confirmation().map(MailingList::id).ifPresent(lists::add);
            }
        }

        @Override
        public boolean hasNext() {
            while (next == null && !lists.isEmpty()) {
                List<RefusingMember> page = read();
                if (!page.isEmpty()) {
                    next = page;
                } else {
                    if (former) {
                        lists.remove();
                    }
                    former = !former;
                    after = 0;
                }
            }
            return next != null;
        }

        private List<RefusingMember> read() {
            String connection = run.connection().name();
            long list = lists.element();
            return former
                    ? members.byFormerAddress(
                            connection, list, after, PAGE, run.sync().heedsSecondaryAddresses())
                    : members.of(connection, list, after, PAGE);
        }

        @Override
        public RefusingPage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<RefusingMember> page = next;
            after = page.get(page.size() - 1).number();
            next = null;
            return new RefusingPage(lists.element(), List.copyOf(page));
        }
    }
}
