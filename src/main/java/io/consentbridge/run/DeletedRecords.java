package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.crm.Deletion;
import io.consentbridge.crm.Deletions;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Member;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.zoho.CallCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The steps of the route {@code poll-deletions}: people whose record was deleted in the CRM leave the list (B47-B50). */
public final class DeletedRecords {

    private static final int PAGE = 200;
    // Deletions carry whole seconds too, and looking at one twice does nothing.
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final String GONE = "deleted";

    private final Deletions deletions;
    private final Cursors cursors;
    private final PageStore pages;
    private final CallCounter calls;
    private final String node;
    private final Duration lease;

    public DeletedRecords(
            Deletions deletions, Cursors cursors, PageStore pages, CallCounter calls, String node, Duration lease) {
        this.deletions = deletions;
        this.cursors = cursors;
        this.pages = pages;
        this.calls = calls;
        this.node = node;
        this.lease = lease;
    }

    /**
     * Pages of deletions since those that were read last; for a first run, since it began.
     */
    public Iterator<List<Deletion>> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        if (run.sync().deleted() == LeaverAction.IGNORE) {
            return Collections.emptyIterator();
        }
        Optional<Instant> since = cursors.deletedSince(run.sync().name());
        if (since.isEmpty()) {
            return Collections.emptyIterator();
        }
        Iterator<Deletion> all = deletions.since(
                run.connection(), run.id(), run.sync().module(), since.get().minus(OVERLAP));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public List<Deletion> next() {
                List<Deletion> page = new ArrayList<>();
                while (page.size() < PAGE && all.hasNext()) {
                    page.add(all.next());
                }
                return page;
            }
        };
    }

    /** Whoever had a record here, has none left and is on the list, is taken off it; the rest is only forgotten. */
    public void commit(@Body List<Deletion> page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        Map<String, SourceRecord> gone = knowledge(run, ids(page), List.of()).records();
        List<Person> people = gone.values().stream()
                .flatMap(source -> source.person().stream())
                .distinct()
                .toList();
        Knowledge known = knowledge(run, gone.keySet(), people);
        Map<Person, Draft> drafts = new LinkedHashMap<>();
        List<RecordOutcome> outcomes = new ArrayList<>();
        for (SourceRecord source : gone.values()) {
            Optional<Person> leaver = source.person()
                    .filter(person -> !stays(person, known, gone.keySet()))
                    .filter(person -> isOnList(person, known));
            if (leaver.isPresent() && drafts.putIfAbsent(leaver.get(), leaving(run, source, leaver.get())) == null) {
                outcomes.add(new RecordOutcome(
                        source.recordId(),
                        leaver,
                        GONE,
                        new Outcome.Pending(),
                        Optional.of("The record was deleted in the CRM.")));
            }
        }
        pages.commit(new PageCommit(
                run.id(),
                run.sync().name(),
                run.connection().name(),
                List.of(),
                List.copyOf(gone.keySet()),
                List.of(),
                List.of(),
                outcomes,
                List.of(),
                List.copyOf(drafts.values()),
                List.of(),
                page.stream().map(Deletion::at).max(Instant::compareTo).map(Progress.Deletions::new),
                calls.drain(run.id()),
                node,
                lease));
    }

    private Knowledge knowledge(ActiveRun run, Collection<String> recordIds, Collection<Person> people) {
        return pages.knowledge(
                run.connection().name(),
                run.sync().name(),
                run.sync().module(),
                run.list().id(),
                recordIds,
                people);
    }

    private static Collection<String> ids(List<Deletion> page) {
        return page.stream().map(Deletion::id).collect(Collectors.toSet());
    }

    // Another record of the same person that is still there keeps them on the list.
    private static boolean stays(Person person, Knowledge known, Collection<String> gone) {
        return known.others().getOrDefault(person, List.of()).stream()
                .anyMatch(other -> !gone.contains(other.recordId()));
    }

    private static boolean isOnList(Person person, Knowledge known) {
        return Optional.ofNullable(known.members().get(person))
                .filter(Member::perhapsOnList)
                .isPresent();
    }

    private static Draft leaving(ActiveRun run, SourceRecord source, Person person) {
        return Draft.leaving(run.list().id(), person, run.id(), source.recordId(), new Outcome.Deleted());
    }
}
