package io.consentbridge.api;

import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows, replays and discards dead letters. */
final class DeadLetterService {

    private static final int BATCH = 500;

    private final DeadLetters letters;
    private final NameLookup names;

    DeadLetterService(DeadLetters letters, NameLookup names) {
        this.letters = letters;
        this.names = names;
    }

    List<DeadLetterView> list(int limit) {
        return letters.list(limit).stream().map(letter -> view(letter, false)).toList();
    }

    DeadLetterView show(long id) {
        return view(names.letter(id), true);
    }

    /** Queues the dead letters again; one that is already in replay stays there, and counts as queued. */
    DeadLettersHandled replay(List<Long> ids) {
        return unlessNone(back(ids.stream().distinct().map(names::letter).toList()));
    }

    DeadLettersHandled replayAfter(long after) {
        return back(letters.numbers(after, BATCH).stream()
                .flatMap(id -> letters.show(id).stream())
                .toList());
    }

    private DeadLettersHandled back(List<DeadLetter> asked) {
        Set<Long> flying =
                asked.stream().filter(DeadLetter::replaying).map(DeadLetter::id).collect(Collectors.toSet());
        List<Long> parked = asked.stream()
                .map(DeadLetter::id)
                .filter(id -> !flying.contains(id))
                .toList();
        DeadLettersHandled settled = settled(parked, letters.replay(parked));
        List<Long> ids = new ArrayList<>(flying);
        ids.addAll(settled.ids());
        return new DeadLettersHandled(ids.stream().sorted().toList(), settled.refused());
    }

    DeadLettersHandled discard(List<Long> ids) {
        ids.forEach(names::letter);
        List<Long> once = ids.stream().distinct().toList();
        return unlessNone(settled(once, letters.discard(once)));
    }

    private static DeadLettersHandled settled(List<Long> ids, List<DeadLetters.Answer> answers) {
        List<DeadLettersHandled.Refused> refused = answers.stream()
                .flatMap(answer ->
                        answer.refused().map(why -> new DeadLettersHandled.Refused(answer.id(), why)).stream())
                .toList();
        Set<Long> not = refused.stream().map(DeadLettersHandled.Refused::id).collect(Collectors.toSet());
        return new DeadLettersHandled(
                ids.stream().filter(id -> !not.contains(id)).toList(), refused);
    }

    private static DeadLettersHandled unlessNone(DeadLettersHandled settled) {
        if (settled.ids().isEmpty() && !settled.refused().isEmpty()) {
            throw new OperationFailure.Refused(settled.refused().stream()
                    .map(DeadLettersHandled.Refused::text)
                    .collect(Collectors.joining("\n")));
        }
        return settled;
    }

    /** @param whole whether to include the contact's values, which are personal data */
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
