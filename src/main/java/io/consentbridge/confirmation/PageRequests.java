package io.consentbridge.confirmation;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.ConfirmedRecords;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a page of records reads and writes of requests, within the transaction of the page. */
public final class PageRequests {

    private PageRequests() {}

    /** What is known of these people's requests for a purpose; people who were never asked are absent. */
    public static Map<Person, AskedBefore> of(Handle handle, String connection, Purpose purpose, PersonNumbers people) {
        if (isEmpty(handle)) {
            return Map.of();
        }
        Map<Long, List<Known>> byPerson = new HashMap<>();
        handle.createQuery("""
                        select q.person_id, q.purpose, q.statement_version, q.state, q.ended_because, q.valid_to,
                            q.claimed_at, q.answered_at
                        from unnest(:people) as wanted (id)
                        join confirmation_request q on q.person_id = wanted.id and q.connection = :connection
                        where q.person_id is not null
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("connection", connection)
                .map((row, context) -> byPerson.computeIfAbsent(row.getLong("person_id"), none -> new ArrayList<>())
                        .add(new Known(
                                row.getString("purpose"),
                                row.getString("statement_version"),
                                RequestState.of(row.getString("state")),
                                Columns.optionalText(row, "ended_because"),
                                Columns.optionalText(row, "valid_to").map(LocalDate::parse),
                                Columns.optionalInstant(row, "claimed_at"),
                                Columns.optionalInstant(row, "answered_at"))))
                .list();
        Map<Person, AskedBefore> known = new HashMap<>();
        byPerson.forEach((person, rows) -> known.put(people.person(person), asked(rows, purpose)));
        return known;
    }

    private record Known(
            String purpose,
            String statementVersion,
            RequestState state,
            Optional<String> because,
            Optional<LocalDate> validTo,
            Optional<Instant> claimedAt,
            Optional<Instant> answeredAt) {

        boolean refused() {
            return RequestRows.refused(state, because);
        }
    }

    private static AskedBefore asked(List<Known> all, Purpose purpose) {
        List<Known> rows =
                all.stream().filter(row -> row.purpose().equals(purpose.name())).toList();
        return new AskedBefore(
                rows.stream()
                        .filter(row -> row.state() == RequestState.GIVEN)
                        .filter(row -> row.statementVersion().equals(purpose.statementVersion()))
                        .map(row -> new AskedBefore.Consent(row.validTo()))
                        .toList(),
                rows.stream()
                        .filter(Known::refused)
                        .flatMap(row -> row.answeredAt().stream())
                        .max(Instant::compareTo),
                all.stream().anyMatch(row -> row.state() == RequestState.BOUNCED),
                rows.stream().anyMatch(row -> row.state().open()),
                rows.stream().flatMap(row -> row.claimedAt().stream()).max(Instant::compareTo));
    }

    private static boolean isEmpty(Handle handle) {
        return handle.createQuery("select 1 from confirmation_request fetch first row only")
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
    }

    /**
     * Stores requests; people who were asked meanwhile, by another sync or node, are left out. A consent of theirs to the same
     * purpose, which is over or was given to another wording, ends before. So a person has at most one request for a purpose that
     * is open or given, and what ends later is the newest.
     *
     * @param purpose the purpose of all of them
     */
    public static void ask(Handle handle, Purpose purpose, List<NewRequest> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        PersonNumbers people =
                PersonNumbers.of(handle, wanted.stream().map(NewRequest::person).toList());
        // Two pages that ask the same people take turns.
        handle.createQuery("select id from person where id = any(:people) order by id for update")
                .bindArray("people", Long.class, people.all())
                .mapTo(Long.class)
                .list();
        Map<Person, AskedBefore> known = of(handle, wanted.get(0).connection(), purpose, people);
        Set<Person> seen = new HashSet<>();
        List<NewRequest> fresh = wanted.stream()
                .filter(request -> seen.add(request.person()))
                .filter(request -> known.getOrDefault(request.person(), AskedBefore.NEVER)
                        .why(request.at(), purpose.confirmation().orElseThrow().askAgain())
                        .isEmpty())
                .toList();
        endFormer(handle, purpose, fresh, people);
        RequestRows.insert(handle, fresh, request -> people.of(request.person()));
        LedgerRows.append(handle, fresh.stream().map(PageRequests::requested).toList());
    }

    private static void endFormer(Handle handle, Purpose purpose, List<NewRequest> fresh, PersonNumbers people) {
        if (fresh.isEmpty()) {
            return;
        }
        Instant at = fresh.get(0).at();
        handle
                .createQuery("""
                        select q.id from unnest(:people) as wanted (id)
                        join confirmation_request q on q.person_id = wanted.id and q.connection = :connection
                        where q.purpose = :purpose and q.state = 'given'
                        """)
                .bindArray(
                        "people",
                        Long.class,
                        fresh.stream()
                                .map(request -> people.of(request.person()))
                                .toList())
                .bind("connection", fresh.get(0).connection())
                .bind("purpose", purpose.name())
                .mapTo(Long.class)
                .list()
                .stream()
                .sorted()
                .flatMap(id -> RequestRows.lock(handle, id).stream())
                .forEach(request -> request.state().after(Step.EXPIRE).ifPresent(state -> {
                    String because = request.isOver(at) ? RequestRows.VALIDITY : RequestRows.REPLACED;
                    RequestRows.end(handle, List.of(request.id()), state, because);
                    RequestEvents.append(handle, request, state, LedgerEvent.PRODUCT, because, Map.of(), at);
                }));
    }

    private static LedgerEvent requested(NewRequest request) {
        return new LedgerEvent(
                EventKind.REQUESTED,
                request.person(),
                request.connection(),
                request.purpose().name(),
                request.purpose().statementVersion(),
                "",
                LedgerEvent.PRODUCT,
                Map.of("via", request.via().word()),
                request.recordId(),
                request.runId(),
                Map.of("ground", request.ground().words()),
                request.at(),
                new LedgerEvent.Told(request.sync(), "", request.ground().words()));
    }

    /**
     * Takes the consents back, for every purpose, of people who refuse mail in the CRM now; their open requests end. So do those at
     * later addresses of the same people. What they gave does not count again when the refusal ends.
     */
    public static void withdraw(Handle handle, String connection, Collection<Person> people, Instant at) {
        withdraw(handle, connection, people, Optional.empty(), LedgerEvent.CRM, at);
    }

    /**
     * Does the same for people who refuse mail in another way.
     *
     * @param purpose only requests for the purpose of this name; empty for all of them
     * @param source who says so, as in an event of the ledger
     */
    public static void withdraw(
            Handle handle,
            String connection,
            Collection<Person> people,
            Optional<String> purpose,
            String source,
            Instant at) {
        takeBack(handle, connection, people, purpose, source, at);
    }

    /** {@link #withdraw}; returns the requests by which a consent was given that is taken back now. */
    static List<Request> takeBack(
            Handle handle,
            String connection,
            Collection<Person> people,
            Optional<String> purpose,
            String source,
            Instant at) {
        if (people.isEmpty() || isEmpty(handle)) {
            return List.of();
        }
        Set<Person> everywhere = new HashSet<>(people);
        FormerAddresses.successors(handle, connection, people, false).values().forEach(everywhere::addAll);
        List<Request> open = handle
                .createQuery("""
                        select q.id from unnest(:people) as wanted (id)
                        join confirmation_request q on q.person_id = wanted.id and q.connection = :connection
                        where q.state in ('requested', 'sending', 'sent', 'given')
                        """)
                .bindArray(
                        "people",
                        Long.class,
                        PersonNumbers.known(handle, everywhere).all())
                .bind("connection", connection)
                .mapTo(Long.class)
                .list()
                .stream()
                .sorted()
                .flatMap(id -> RequestRows.lock(handle, id).stream())
                .filter(request ->
                        purpose.filter(name -> !name.equals(request.purpose())).isEmpty())
                .toList();
        List<Request> withdrawn = new ArrayList<>();
        for (Request request : open) {
            request.state().after(Step.WITHDRAW).ifPresent(state -> {
                RequestRows.withdrawn(handle, request.id(), state, at);
                RequestEvents.append(handle, request, state, source, RequestRows.SUPPRESSED, Map.of(), at);
                if (state == RequestState.WITHDRAWN) {
                    ConfirmedRecords.takenBack(handle, request.sync(), request.recordId(), request.personId());
                    withdrawn.add(request);
                }
            });
        }
        return withdrawn;
    }
}
