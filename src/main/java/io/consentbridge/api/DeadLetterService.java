package io.consentbridge.api;

import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.writeback.NumberedLetters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows, replays and discards dead letters. */
final class DeadLetterService {

    private static final int BATCH = 500;

    private final DeadLetters letters;
    private final WritebackLetters others;
    private final NameLookup names;

    DeadLetterService(DeadLetters letters, WritebackLetters others, NameLookup names) {
        this.letters = letters;
        this.others = others;
        this.names = names;
    }

    /** Those of deliveries by their numbers, the newest first, and the others where they belong by their time. */
    List<DeadLetterView> list(int limit) {
        Deque<DeadLetterView> deliveries = new ArrayDeque<>(
                letters.list(limit).stream().map(letter -> view(letter, false)).toList());
        Deque<DeadLetterView> rest = new ArrayDeque<>(others.list(limit));
        List<DeadLetterView> both = new ArrayList<>();
        while (both.size() < limit && !(deliveries.isEmpty() && rest.isEmpty())) {
            boolean other = deliveries.isEmpty()
                    || !rest.isEmpty()
                            && rest.peek().parkedAt().isAfter(deliveries.peek().parkedAt());
            both.add(other ? rest.poll() : deliveries.poll());
        }
        return both;
    }

    DeadLetterView show(long id) {
        return WritebackLetters.isOne(id) ? other(id) : view(names.letter(id), true);
    }

    private DeadLetterView other(long id) {
        return others.show(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("dead letter", String.valueOf(id), List.of()));
    }

    /** Queues the dead letters again; one that is already in replay stays there, and counts as queued. */
    DeadLettersHandled replay(List<Long> ids) {
        List<Long> once = ids.stream().distinct().toList();
        List<DeadLetter> deliveries = once.stream()
                .filter(id -> !WritebackLetters.isOne(id))
                .map(names::letter)
                .toList();
        List<DeadLetterView> rest =
                once.stream().filter(WritebackLetters::isOne).map(this::other).toList();
        return unlessNone(both(back(deliveries), othersBack(rest)));
    }

    DeadLettersHandled replayAfter(long after) {
        DeadLettersHandled deliveries = deliveriesAfter(after);
        return deliveries.ids().isEmpty() && deliveries.refused().isEmpty()
                ? othersBack(others.numbers(after, BATCH).stream()
                        .flatMap(id -> others.show(id).stream())
                        .toList())
                : deliveries;
    }

    private DeadLettersHandled deliveriesAfter(long after) {
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

    private DeadLettersHandled othersBack(List<DeadLetterView> asked) {
        List<Long> flying = asked.stream()
                .filter(DeadLetterView::replaying)
                .map(DeadLetterView::id)
                .toList();
        List<Long> parked = asked.stream()
                .map(DeadLetterView::id)
                .filter(id -> !flying.contains(id))
                .toList();
        return both(new DeadLettersHandled(flying), settled(parked, answers(others.replay(parked))));
    }

    DeadLettersHandled discard(List<Long> ids) {
        ids.forEach(this::show);
        List<Long> once = ids.stream().distinct().toList();
        List<Long> deliveries =
                once.stream().filter(id -> !WritebackLetters.isOne(id)).toList();
        List<Long> rest = once.stream().filter(WritebackLetters::isOne).toList();
        return unlessNone(
                both(settled(deliveries, letters.discard(deliveries)), settled(rest, answers(others.discard(rest)))));
    }

    private static List<DeadLetters.Answer> answers(List<NumberedLetters.Answer> answers) {
        return answers.stream()
                .map(answer -> new DeadLetters.Answer(answer.id(), answer.refused()))
                .toList();
    }

    private static DeadLettersHandled both(DeadLettersHandled one, DeadLettersHandled other) {
        return new DeadLettersHandled(
                Stream.concat(one.ids().stream(), other.ids().stream()).sorted().toList(),
                Stream.concat(one.refused().stream(), other.refused().stream()).toList());
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
