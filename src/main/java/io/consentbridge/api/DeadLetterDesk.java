package io.consentbridge.api;

import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.runtime.Runtime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows, replays and discards what was parked. */
final class DeadLetterDesk {

    private final DeadLetters letters;
    private final Names names;

    DeadLetterDesk(Runtime runtime) {
        this.letters = runtime.parts().deadLetters();
        this.names = new Names(runtime);
    }

    List<DeadLetterView> list(int limit) {
        return letters.list(0, limit).stream()
                .map(letter -> view(letter, false))
                .toList();
    }

    DeadLetterView show(long id) {
        return view(names.letter(id), true);
    }

    Settled replay(List<Long> ids) {
        return settle(ids, letters::replay);
    }

    Settled discard(List<Long> ids) {
        return settle(ids, letters::discard);
    }

    private Settled settle(List<Long> ids, Function<Collection<Long>, List<DeadLetters.Answer>> work) {
        ids.forEach(names::letter);
        List<String> refused = work.apply(ids).stream()
                .filter(answer -> answer.refused().isPresent())
                .map(answer ->
                        "dead letter " + answer.id() + ": " + answer.refused().get())
                .toList();
        if (!refused.isEmpty()) {
            throw new OperationFailure.Refused(String.join("\n", refused));
        }
        return new Settled(ids.stream().distinct().toList());
    }

    /** @param whole with the contact's values, which are personal data */
    private static DeadLetterView view(DeadLetter letter, boolean whole) {
        return new DeadLetterView(
                letter.id(),
                letter.sync(),
                letter.connection(),
                letter.listName(),
                letter.person().address(),
                letter.action().word(),
                letter.code().orElse(null),
                letter.cause(),
                letter.runId(),
                letter.recordId(),
                letter.parkedAt(),
                letter.replayed(),
                letter.replaying(),
                letter.history().lines().toList(),
                whole ? letter.content().contactInfo() : Map.of());
    }
}
