package io.consentbridge.confirmation.page;

import io.consentbridge.confirmation.ControllerText;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.consent.Purpose;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds the trials of an operator to the requests that the public page shows and answers. */
public final class TrialRequests implements PageRequests {

    private final PageRequests requests;
    private final Trials trials;
    private final Supplier<Map<String, Purpose>> purposes;

    /** @param purposes the present purposes, by name */
    public TrialRequests(PageRequests requests, Trials trials, Supplier<Map<String, Purpose>> purposes) {
        this.requests = requests;
        this.trials = trials;
        this.purposes = purposes;
    }

    @Override
    public Asked find(String hash) {
        Asked asked = requests.find(hash);
        return asked.state() == LinkState.UNKNOWN
                ? trials.byToken(hash).flatMap(this::asked).orElse(asked)
                : asked;
    }

    @Override
    public AnswerTaken answer(String hash, PageAnswer answer) {
        if (requests.find(hash).state() != LinkState.UNKNOWN || find(hash).state() == LinkState.UNKNOWN) {
            return requests.answer(hash, answer);
        }
        boolean now = find(hash).state() == LinkState.OPEN && trials.answer(hash, answer.agrees(), answer.at());
        return new AnswerTaken(find(hash), now);
    }

    private Optional<Asked> asked(Trials.Trial trial) {
        return Optional.ofNullable(purposes.get().get(trial.purpose())).map(purpose -> {
            boolean same = purpose.statementVersion().equals(trial.statementVersion());
            LinkState state = trial.agreed()
                    .map(agreed -> agreed ? LinkState.CONFIRMED : LinkState.REFUSED)
                    .orElse(same ? LinkState.OPEN : LinkState.REPLACED);
            return new Asked(
                    state,
                    purpose.disclosure().language().orElse("en"),
                    same ? purpose.statement() : "",
                    ControllerText.of(purpose));
        });
    }
}
