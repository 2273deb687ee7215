package io.consentbridge.confirmation;

import io.consentbridge.audience.Contents;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.ConfirmedRecords;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The requests for consent from their claim to their end. Each change is one transaction together with its event in the
 * ledger. Any number of nodes may call every method at once.
 *
 * <p>A mail is sent at most once for each claim: {@link #claim} marks the request before anything is sent. If the process
 * dies then, nobody knows whether the mail was sent; it is not sent again, and the request expires like others. A link of it
 * counts if it was sent after all.
 */
public final class ConfirmationRequests {

    private static final int BATCH = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration PACE = Duration.ofHours(1);

    private static final String LEFT = "left";

    private final Database database;
    private final InstantSource clock;
    private final Supplier<Map<String, Purpose>> purposes;
    private final Function<String, ZoneId> zones;
    private final IntSupplier perHour;
    private final Outbox outbox;
    private final Members members;
    private final Suppressions suppressions;

    /**
     * @param purposes the present purposes, by name
     * @param zones the zone of a connection, by its name
     * @param perHour how many mails all nodes together send in an hour at most
     */
    public ConfirmationRequests(
            Database database,
            InstantSource clock,
            Supplier<Map<String, Purpose>> purposes,
            Function<String, ZoneId> zones,
            IntSupplier perHour,
            Outbox outbox,
            Members members,
            Suppressions suppressions) {
        this.database = database;
        this.clock = clock;
        this.purposes = purposes;
        this.zones = zones;
        this.perHour = perHour;
        this.outbox = outbox;
        this.members = members;
        this.suppressions = suppressions;
    }

    /**
     * Claims mails that are due, by age, within the pace of all nodes. A request whose person must not be asked any more ends
     * here instead: wording or address changed, the record left the selection or says something else, or somebody refused.
     * Requests of a run that still reads, or that the brake holds, wait.
     *
     * @param now the present instant
     * @param max how many at most
     */
    public List<DueRequest> claim(Instant now, int max) {
        return database.transaction(handle -> {
            handle.createQuery("select id from confirmation_turn where id = 1 for update")
                    .mapTo(Integer.class)
                    .one();
            int free = Math.min(max, perHour.getAsInt() - claimedSince(handle, now.minus(PACE)));
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
                handle.createUpdate("insert into confirmation_pace (claimed_at, mails) values (:now, :mails)")
                        .bind("now", now)
                        .bind("mails", due.size())
                        .execute();
            }
            return due;
        });
    }

    private static int claimedSince(Handle handle, Instant since) {
        handle.createUpdate("delete from confirmation_pace where claimed_at <= :since")
                .bind("since", since)
                .execute();
        return handle.createQuery("select coalesce(sum(mails), 0) from confirmation_pace")
                .mapTo(Integer.class)
                .one();
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
            Optional<Purpose> purpose = purpose(request);
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

    /** The purpose of a request, if its wording is still the one that the request is about. */
    private Optional<Purpose> purpose(Request request) {
        return Optional.ofNullable(purposes.get().get(request.purpose()))
                .filter(purpose -> purpose.confirmation().isPresent())
                .filter(purpose -> purpose.statementVersion().equals(request.statementVersion()));
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

    /** Whether the record stands for somebody else now: its address was changed. */
    private static boolean moved(Handle handle, Request request) {
        return handle.createQuery("""
                        select 1 from source_record
                        where sync = :sync and record_id = :record and person_id <> :person
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
        RequestEvents.append(handle, request, RequestState.EXPIRED, "product", because, Map.of(), now);
    }

    /**
     * Stores the hash of a mail's token, before the mail is sent.
     *
     * @param id the claimed request
     * @param tokenHash SHA-256 of the token, in hexadecimal digits
     */
    public void keepToken(long id, String tokenHash) {
        database.change(handle -> RequestRows.keepToken(handle, id, tokenHash, clock.instant()));
    }

    /**
     * The mail server took a claimed mail.
     *
     * @param messageId the mail's Message-ID
     * @param mailHash SHA-256 of the mail, in hexadecimal digits
     * @param at when it took it
     */
    public void sent(long id, String messageId, String mailHash, Instant at) {
        database.change(handle -> RequestRows.lock(handle, id).ifPresent(request -> {
            RequestRows.mail(handle, id, messageId, mailHash, at);
            if (request.state().after(Step.SEND).isPresent()) {
                Confirmation asking =
                        purpose(request).flatMap(Purpose::confirmation).orElse(Confirmation.BY_LIST);
                Instant expires = at.plus(asking.expires());
                Instant reminder = asking.reminder()
                        .filter(any -> !request.reminded())
                        .map(at::plus)
                        .filter(expires::isAfter)
                        .orElse(null);
                RequestRows.sent(handle, id, at, expires, reminder);
            }
            RequestEvents.append(
                    handle,
                    request,
                    RequestState.SENT,
                    "mail",
                    request.reminded() ? "reminder" : "request",
                    Map.of("messageId", messageId, "mailHash", mailHash),
                    at);
        }));
    }

    /** Why a mail was not taken. */
    public enum Failure {
        /** The server may take it later: the request is due again after a pause. */
        TEMPORARY,
        /** The server refuses the recipient: the request counts as bounced. */
        PERMANENT
    }

    /**
     * The mail server did not take a claimed mail.
     *
     * @param code the server's reply code, such as 550; no text of it
     */
    public void failed(long id, Failure failure, String code) {
        Instant now = clock.instant();
        database.change(handle -> RequestRows.lock(handle, id)
                .filter(request -> request.state() == RequestState.SENDING
                        || request.state() == RequestState.SENT && request.reminded())
                .ifPresent(request -> {
                    if (failure == Failure.PERMANENT) {
                        bounced(handle, request, code, now);
                    } else {
                        RequestRows.postpone(handle, request, now.plus(pause(request.attempts())));
                    }
                }));
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, Math.max(0, attempts - 1)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * A mail came back. A code of the class 4 says that the server still tries, and changes nothing.
     *
     * @param messageId the Message-ID of the mail that came back
     * @param code the status of the notification, such as 5.1.1
     * @return whether a request ended because of it
     */
    public boolean bouncedMessage(String messageId, String code, Instant at) {
        return !code.startsWith("4")
                && database.transaction(handle -> RequestRows.byMessage(handle, messageId).stream()
                                .flatMap(id -> RequestRows.lock(handle, id).stream())
                                .filter(request -> bounced(handle, request, code, at))
                                .count()
                        > 0);
    }

    /**
     * A mail to that address came back, and the notification does not say which.
     *
     * @return whether a request ended because of it
     */
    public boolean bouncedAddress(Person person, String code, Instant at) {
        return !code.startsWith("4")
                && database.transaction(handle -> {
                    List<Long> open = handle.createQuery("""
                                    select q.id from person p join confirmation_request q on q.person_id = p.id
                                    where p.address = :address and q.state in ('sending', 'sent') and q.via = 'mail'
                                    order by q.id
                                    """)
                            .bind("address", person.address())
                            .mapTo(Long.class)
                            .list();
                    return open.stream()
                                    .flatMap(id -> RequestRows.lock(handle, id).stream())
                                    .filter(request -> bounced(handle, request, code, at))
                                    .count()
                            > 0;
                });
    }

    private static boolean bounced(Handle handle, Request request, String code, Instant at) {
        if (request.state().after(Step.BOUNCE).isEmpty()) {
            return false;
        }
        RequestRows.end(handle, List.of(request.id()), RequestState.BOUNCED, null);
        RequestEvents.append(handle, request, RequestState.BOUNCED, "mail", "bounced", Map.of("code", code), at);
        return true;
    }

    /** What a link stands for; changes nothing. Empty if no request has this token. */
    public Optional<OpenRequest> byToken(String tokenHash) {
        return database.query(handle -> RequestRows.byToken(handle, tokenHash)
                .flatMap(id -> RequestRows.find(handle, id))
                .map(request -> request.shown(stateNow(request, clock.instant()), replaced(handle, request))));
    }

    private static RequestState stateNow(Request request, Instant now) {
        return request.isOver(now) ? request.state().after(Step.EXPIRE).orElse(request.state()) : request.state();
    }

    private boolean replaced(Handle handle, Request request) {
        return purpose(request).isEmpty() || moved(handle, request);
    }

    /**
     * The person clicks that they consent. The subscription to the purpose's list is in the outbox when this returns.
     *
     * @param tokenHash SHA-256 of the link's token, in hexadecimal digits
     */
    public Answered confirm(String tokenHash, AnswerEvidence evidence) {
        return database.transaction(handle -> {
            Optional<Request> found =
                    RequestRows.byToken(handle, tokenHash).flatMap(id -> RequestRows.lock(handle, id));
            if (found.isEmpty()) {
                return new Answered.Unknown();
            }
            Request request = found.get();
            Instant now = clock.instant();
            RequestState state = stateNow(request, now);
            boolean replaced = replaced(handle, request);
            OpenRequest shown = request.shown(state, replaced);
            if (state == RequestState.GIVEN || state.refuses()) {
                return new Answered.AlreadyDone(shown);
            } else if (replaced) {
                return new Answered.Replaced(shown);
            } else if (state.after(Step.CONFIRM).isEmpty() || refused(handle, request)) {
                return new Answered.Expired(shown);
            }
            given(handle, request, "page", proof(handle, request, evidence), evidence.at());
            return new Answered.Done(request.shown(RequestState.GIVEN, false));
        });
    }

    /**
     * Takes those for given whom Campaigns asked through that list and who are on it as active now: only people who
     * confirmed are (Z). The caller has just seen that the list has a public sign-up form; on any other list people are
     * active at once. Assumes that the members of the list were just read.
     *
     * @param listId row of the list through which Campaigns asks
     * @return how many
     */
    public int followed(long listId) {
        List<Long> active = database.query(handle ->
                handle.createQuery("""
                        select q.id from confirmation_request q
                        join list_member m on m.list_id = q.asking_list_id and m.person_id = q.person_id
                        where q.asking_list_id = :list and q.state in ('sending', 'sent')
                          and m.active and m.seen_at >= q.requested_at
                        order by q.id
                        """).bind("list", listId).mapTo(Long.class).list());
        return (int) active.stream().filter(this::followedOne).count();
    }

    private boolean followedOne(long id) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            Optional<Request> confirmed = RequestRows.lock(handle, id)
                    .filter(request ->
                            stateNow(request, now).after(Step.CONFIRM).isPresent())
                    .filter(request -> !replaced(handle, request) && !refused(handle, request));
            confirmed.ifPresent(request -> given(
                    handle,
                    request,
                    LedgerEvent.CAMPAIGNS,
                    Map.of("ground", request.ground(), "address", request.address(), "seenActive", now.toString()),
                    now));
            return confirmed.isPresent();
        });
    }

    private boolean refused(Handle handle, Request request) {
        return suppressions
                .of(
                        handle,
                        request.connection(),
                        request.listId(),
                        PersonNumbers.known(handle, List.of(request.person())))
                .containsKey(request.person());
    }

    /** Stores, within the transaction, that the person consented, and what follows from it. */
    private void given(Handle handle, Request request, String source, Map<String, Object> evidence, Instant at) {
        Purpose purpose = purpose(request).orElseThrow();
        ZoneId zone = zones.apply(request.connection());
        Optional<LocalDate> validTo = purpose.disclosure()
                .validity()
                .map(period -> LocalDate.ofInstant(at, zone).plus(period));
        Instant ends = validTo.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                .orElse(null);
        RequestRows.answered(handle, request.id(), RequestState.GIVEN, at, validTo, ends);
        RequestEvents.append(handle, request, RequestState.GIVEN, source, "confirmed", evidence, at);
        // Where the record is gone or says something else now, the run that reads it again decides.
        if (ConfirmedRecords.deliver(
                handle, request.sync(), request.recordId(), request.personId(), validTo.map(day -> day.plusDays(1)))) {
            outbox.enqueue(handle, List.of(subscription(request)));
        }
        ConfirmedRecords.readOthersAgain(handle, request.sync(), request.recordId(), request.personId());
        RecordUpdates.enqueue(
                handle,
                RecordProof.of(request, purpose, at, validTo, zone).stream().toList());
        WorkflowStarts.enqueue(handle, workflow(request, purpose).stream().toList());
    }

    private static Optional<WorkflowStart> workflow(Request request, Purpose purpose) {
        return purpose.confirmation()
                .flatMap(Confirmation::onConfirmed)
                .map(start -> new WorkflowStart(
                        request.connection(),
                        start.workflow(),
                        start.trigger(),
                        request.listId(),
                        request.person(),
                        purpose.name()));
    }

    // The decision that let the person be asked lets them be subscribed once they have confirmed.
    private static Draft subscription(Request request) {
        return new Draft(
                        request.listId(),
                        request.person(),
                        Action.SUBSCRIBE,
                        1,
                        Contents.read(request.content()),
                        request.fingerprint(),
                        request.runId(),
                        request.recordId(),
                        new Outcome.New(),
                        Decision.REQUEST_CONSENT)
                .uncounted();
    }

    /**
     * The person clicks that they refuse. That counts whatever became of the request before, and for good: they are
     * suppressed for the purpose's list, and leave it if they are on it.
     *
     * @param tokenHash SHA-256 of the link's token, in hexadecimal digits
     */
    public Answered refuse(String tokenHash, AnswerEvidence evidence) {
        return database.transaction(handle -> {
            Optional<Request> found =
                    RequestRows.byToken(handle, tokenHash).flatMap(id -> RequestRows.lock(handle, id));
            if (found.isEmpty()) {
                return new Answered.Unknown();
            }
            Request request = found.get();
            Optional<RequestState> next = request.state().after(Step.REFUSE);
            if (next.isEmpty()) {
                return new Answered.AlreadyDone(request.shown(request.state(), replaced(handle, request)));
            }
            RequestRows.answered(handle, request.id(), next.get(), evidence.at(), Optional.empty(), null);
            RequestEvents.append(
                    handle, request, next.get(), "page", "refused", proof(handle, request, evidence), evidence.at());
            ConfirmedRecords.suppress(handle, request.sync(), request.recordId(), request.personId());
            suppress(handle, request, evidence.at());
            takeBackOthers(handle, request, evidence.at());
            return new Answered.Done(request.shown(next.get(), false));
        });
    }

    /** Other requests of the person for the purpose: the link may be that of an old mail. */
    private static void takeBackOthers(Handle handle, Request request, Instant at) {
        PageRequests.takeBack(
                        handle,
                        request.connection(),
                        List.of(request.person()),
                        Optional.of(request.purpose()),
                        "page",
                        at)
                .forEach(other -> ConfirmedRecords.suppress(handle, other.sync(), other.recordId(), other.personId()));
    }

    private void suppress(Handle handle, Request request, Instant at) {
        suppressions.add(
                handle,
                List.of(new Suppression(
                        request.connection(),
                        request.person(),
                        request.listId(),
                        Suppression.confirmation(request.purpose()),
                        IgnoreReason.OPTED_OUT,
                        at)));
        List<Person> person = List.of(request.person());
        outbox.awaitSettling(handle, request.connection(), person);
        boolean onList = Optional.ofNullable(members.of(handle, request.listId(), PersonNumbers.known(handle, person))
                        .get(request.person()))
                .filter(Member::perhapsOnList)
                .isPresent();
        if (onList
                && outbox.leaving(handle, request.listId(), Action.UNSUBSCRIBE, person)
                        .isEmpty()) {
            outbox.enqueue(
                    handle,
                    List.of(Draft.leaving(
                                    request.listId(),
                                    request.person(),
                                    request.runId(),
                                    request.recordId(),
                                    new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                            .uncounted()));
        }
    }

    private Map<String, Object> proof(Handle handle, Request request, AnswerEvidence evidence) {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("at", evidence.at().toString());
        purpose(request).ifPresent(purpose -> proof.put("statement", purpose.statement()));
        proof.put("statementVersion", request.statementVersion());
        proof.put("language", evidence.language());
        proof.put("ground", request.ground());
        proof.put("address", request.address());
        request.sentAt().ifPresent(sent -> proof.put("sentAt", sent.toString()));
        RequestRows.lastMail(handle, request.id()).ifPresent(mail -> {
            proof.put("messageId", mail.messageId());
            proof.put("mailHash", mail.hash());
        });
        proof.put("userAgent", evidence.userAgent());
        proof.put("ip", evidence.ip());
        return proof;
    }

    /**
     * Ends what ends by itself: requests without an answer in time, and consents that are no longer valid.
     *
     * @return how many ended
     */
    public int expire(Instant now) {
        int all = 0;
        int some;
        do {
            some = database.transaction(handle -> expireSome(handle, now));
            all += some;
        } while (some == BATCH);
        return all;
    }

    private static int expireSome(Handle handle, Instant now) {
        List<Request> over = handle.createQuery("select " + Request.COLUMNS + """
                        from confirmation_request q join person p on p.id = q.person_id
                        where q.expires_at <= :now order by q.expires_at, q.id fetch first :max rows only
                        """)
                .bind("now", now)
                .bind("max", BATCH)
                .map(Request::row)
                .list();
        for (Request seen : over) {
            RequestRows.lock(handle, seen.id())
                    .filter(request -> request.isOver(now))
                    .ifPresent(request -> {
                        String because = request.state() == RequestState.GIVEN ? RequestRows.VALIDITY : null;
                        RequestRows.end(handle, List.of(request.id()), RequestState.EXPIRED, because);
                        RequestEvents.append(
                                handle,
                                request,
                                RequestState.EXPIRED,
                                "product",
                                because == null ? "no-answer" : because,
                                Map.of(),
                                now);
                    });
        }
        return over.size();
    }
}
