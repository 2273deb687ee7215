package io.consentbridge.confirmation;

import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Claims the mails that ask people. Any number of nodes may claim at once.
 *
 * <p>A mail is sent at most once for each claim: {@link #claim} marks the request before anything is sent. If the process
 * dies then, nobody knows whether the mail was sent; it is not sent again, and the request expires like others. A link of it
 * counts if it was sent after all.
 */
public final class MailClaims {

    private static final String LEFT = "left";

    private final Database database;
    private final MailPace pace;
    private final AskedWording wording;
    private final Suppressions suppressions;

    MailClaims(Database database, MailPace pace, AskedWording wording, Suppressions suppressions) {
        this.database = database;
        this.pace = pace;
        this.wording = wording;
        this.suppressions = suppressions;
    }

    /**
     * Claims mails that are due, by age, within the pace of all nodes. A request whose person must not be asked any more ends
     * here instead: wording or address changed, the record left the selection or says something else, or somebody refused.
     * Requests of a run that still reads, or that the brake holds, wait, and so do those of a connection that is switched off.
     *
     * @param now the present instant
     * @param max how many at most
     */
    public List<DueRequest> claim(Instant now, int max) {
        return database.transaction(handle -> {
            int free = Math.min(max, pace.free(handle, now));
            if (free < 1) {
                return List.of();
            }
            List<DueRequest> due = new ArrayList<>();
            Map<Long, List<Request>> byList = new LinkedHashMap<>();
            RequestRows.due(handle, now, free)
                    .forEach(request -> byList.computeIfAbsent(request.listId(), list -> new ArrayList<>())
                            .add(request));
            byList.forEach((list, requests) -> due.addAll(screened(handle, list, requests, now)));
            if (!due.isEmpty()) {
                RequestRows.sending(handle, due.stream().map(DueRequest::id).toList(), now);
                pace.claimed(handle, due.size(), now);
            }
            return due;
        });
    }

    private List<DueRequest> screened(Handle handle, long list, List<Request> requests, Instant now) {
        Map<Person, List<Suppression>> refused = suppressions.of(
                handle,
                requests.get(0).connection(),
                list,
                PersonNumbers.known(
                        handle, requests.stream().map(Request::person).toList()));
        List<DueRequest> due = new ArrayList<>();
        for (Request request : requests) {
            Optional<Purpose> purpose = wording.purpose(request);
            if (purpose.isEmpty()) {
                end(handle, request, RequestRows.REPLACED, now);
            } else if (refused.containsKey(request.person())) {
                end(handle, request, RequestRows.SUPPRESSED, now);
            } else if (!stillAsks(handle, request)) {
                end(handle, request, LEFT, now);
            } else {
                due.add(due(request, purpose.get()));
            }
        }
        return due;
    }

    private static DueRequest due(Request request, Purpose purpose) {
        return new DueRequest(
                request.id(),
                request.connection(),
                request.purpose(),
                request.person(),
                purpose.disclosure().language().orElse(""),
                purpose.statement(),
                request.statementVersion(),
                request.address(),
                request.state() == RequestState.SENT);
    }

    /** Whether the record still stands for the person and still asks for consent. */
    private static boolean stillAsks(Handle handle, Request request) {
        return handle.createQuery("""
                        select 1 from source_record
                        where sync = :sync and record_id = :record and person_id = :person and decision = 'request-consent'
                        """)
                .bind("sync", request.sync())
                .bind("record", request.recordId())
                .bind("person", request.personId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void end(Handle handle, Request request, String because, Instant now) {
        RequestRows.end(handle, List.of(request.id()), RequestState.EXPIRED, because);
        RequestEvents.append(handle, request, RequestState.EXPIRED, LedgerEvent.PRODUCT, because, Map.of(), now);
    }
}
