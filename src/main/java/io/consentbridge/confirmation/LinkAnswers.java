package io.consentbridge.confirmation;

import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What people answer by the link of their mail. Each answer is one transaction together with its event in the ledger. Any
 * number of nodes may call every method at once.
 */
public final class LinkAnswers {

    private final Database database;
    private final InstantSource clock;
    private final AskedWording wording;
    private final GivenConsents consents;
    private final LinkRefusals refusals;

    LinkAnswers(
            Database database,
            InstantSource clock,
            AskedWording wording,
            GivenConsents consents,
            LinkRefusals refusals) {
        this.database = database;
        this.clock = clock;
        this.wording = wording;
        this.consents = consents;
        this.refusals = refusals;
    }

    /** What a link stands for; changes nothing. Empty if no request has this token. */
    public Optional<OpenRequest> byToken(String tokenHash) {
        return database.query(handle -> RequestRows.byToken(handle, tokenHash)
                .flatMap(id -> RequestRows.find(handle, id))
                .map(request -> request.shown(request.stateAt(clock.instant()), wording.replaced(handle, request))));
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
            RequestState state = request.stateAt(now);
            boolean replaced = wording.replaced(handle, request);
            OpenRequest shown = request.shown(state, replaced);
            if (state == RequestState.GIVEN || state.refuses()) {
                return new Answered.AlreadyDone(shown);
            } else if (replaced) {
                return new Answered.Replaced(shown);
            } else if (state.after(Step.CONFIRM).isEmpty() || consents.barred(handle, request)) {
                return new Answered.Expired(shown);
            }
            consents.give(handle, request, "page", proof(handle, request, tokenHash, evidence), evidence.at());
            return new Answered.Done(request.shown(RequestState.GIVEN, false));
        });
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
                return new Answered.AlreadyDone(request.shown(request.state(), wording.replaced(handle, request)));
            }
            RequestRows.answered(handle, request.id(), next.get(), evidence.at(), Optional.empty(), null);
            RequestEvents.append(
                    handle,
                    request,
                    next.get(),
                    "page",
                    "refused",
                    proof(handle, request, tokenHash, evidence),
                    evidence.at());
            refusals.follow(handle, request, evidence.at());
            return new Answered.Done(request.shown(next.get(), false));
        });
    }

    private Map<String, Object> proof(Handle handle, Request request, String tokenHash, AnswerEvidence evidence) {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("at", evidence.at().toString());
        wording.purpose(request).ifPresent(purpose -> proof.put("statement", purpose.statement()));
        proof.put("statementVersion", request.statementVersion());
        proof.put("language", evidence.language());
        proof.put("ground", request.ground());
        proof.put("address", request.address());
        RequestRows.Mail mail = RequestRows.mailOf(handle, tokenHash);
        mail.sentAt().ifPresent(sent -> proof.put("sentAt", sent.toString()));
        proof.put("messageId", mail.messageId());
        proof.put("mailHash", mail.hash());
        proof.put("userAgent", evidence.userAgent());
        proof.put("ip", evidence.ip());
        return proof;
    }
}
