package io.consentbridge.confirmation.page;

import io.consentbridge.confirmation.AnswerEvidence;
import io.consentbridge.confirmation.Answered;
import io.consentbridge.confirmation.ControllerText;
import io.consentbridge.confirmation.LinkAnswers;
import io.consentbridge.confirmation.OpenRequest;
import io.consentbridge.confirmation.RequestState;
import io.consentbridge.consent.Purpose;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The requests in the database, as the public page shows and answers them. */
public final class StoredRequests implements PageRequests {

    private final LinkAnswers answers;
    private final Supplier<Map<String, Purpose>> purposes;

    /** @param purposes the present purposes, by name */
    public StoredRequests(LinkAnswers answers, Supplier<Map<String, Purpose>> purposes) {
        this.answers = answers;
        this.purposes = purposes;
    }

    @Override
    public Asked find(String hash) {
        return answers.byToken(hash)
                .map(request -> asked(request, state(request)))
                .orElse(Asked.NOTHING);
    }

    @Override
    public AnswerTaken answer(String hash, PageAnswer answer) {
        String language = find(hash).language();
        AnswerEvidence evidence = new AnswerEvidence(answer.at(), language, answer.userAgent(), answer.address());
        Answered answered = answer.agrees() ? answers.confirm(hash, evidence) : answers.refuse(hash, evidence);
        if (answered instanceof Answered.Done done) {
            return new AnswerTaken(
                    asked(done.request(), answer.agrees() ? LinkState.CONFIRMED : LinkState.REFUSED), true);
        } else if (answered instanceof Answered.AlreadyDone before) {
            return new AnswerTaken(asked(before.request(), state(before.request())), false);
        } else if (answered instanceof Answered.Replaced replaced) {
            return new AnswerTaken(asked(replaced.request(), LinkState.REPLACED), false);
        } else if (answered instanceof Answered.Expired expired) {
            return new AnswerTaken(asked(expired.request(), LinkState.EXPIRED), false);
        }
        return new AnswerTaken(Asked.NOTHING, false);
    }

    private static LinkState state(OpenRequest request) {
        RequestState state = request.state();
        if (state.refuses()) {
            return LinkState.REFUSED;
        } else if (state == RequestState.GIVEN) {
            return LinkState.CONFIRMED;
        } else if (request.replaced()) {
            return LinkState.REPLACED;
        }
        return state.open() ? LinkState.OPEN : LinkState.EXPIRED;
    }

    /** A wording that has changed since is not shown: it is not the one of the mail. */
    private Asked asked(OpenRequest request, LinkState state) {
        Optional<Purpose> purpose = Optional.ofNullable(purposes.get().get(request.purpose()));
        String language = purpose.flatMap(one -> one.disclosure().language()).orElse("en");
        return purpose.filter(one -> one.statementVersion().equals(request.statementVersion()))
                .map(one -> new Asked(state, language, one.statement(), ControllerText.of(one)))
                .orElseGet(() -> new Asked(
                        state, language, "", purpose.map(ControllerText::of).orElse("")));
    }
}
