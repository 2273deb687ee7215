package io.consentbridge.api;

import io.consentbridge.writeback.NumberedLetters;
import io.consentbridge.writeback.UpdateLetters;
import io.consentbridge.writeback.WorkflowLetters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The dead letters beside those of deliveries: updates of CRM records, and people for workflows. */
final class WritebackLetters {

    /** The action of an update of a CRM record. */
    static final String UPDATE = "update-record";

    /** The action of handing a person over to a workflow. */
    static final String START = "start-workflow";

    private final UpdateLetters updates;
    private final WorkflowLetters starts;

    WritebackLetters(UpdateLetters updates, WorkflowLetters starts) {
        this.updates = updates;
        this.starts = starts;
    }

    /** Whether the number is that of one of these. */
    static boolean isOne(long id) {
        return id > UpdateLetters.FIRST;
    }

    long count(String connection) {
        return updates.count(connection) + starts.count(connection);
    }

    /** The newest first, without values. */
    List<DeadLetterView> list(int limit) {
        return Stream.concat(
                        updates.list(limit).stream().map(letter -> view(letter, false)),
                        starts.list(limit).stream().map(WritebackLetters::view))
                .sorted(Comparator.comparing(DeadLetterView::parkedAt).reversed())
                .limit(limit)
                .toList();
    }

    /** With its values; empty when there is none of that number. */
    Optional<DeadLetterView> show(long id) {
        return WorkflowLetters.isOne(id)
                ? starts.show(id).map(WritebackLetters::view)
                : updates.show(id).map(letter -> view(letter, true));
    }

    /** The numbers from after {@code after}, in their order. */
    List<Long> numbers(long after, int max) {
        List<Long> numbers = new ArrayList<>();
        if (!WorkflowLetters.isOne(after)) {
            numbers.addAll(updates.numbers(Math.max(after, UpdateLetters.FIRST), max));
        }
        if (numbers.isEmpty()) {
            numbers.addAll(starts.numbers(Math.max(after, WorkflowLetters.FIRST), max));
        }
        return numbers;
    }

    List<NumberedLetters.Answer> replay(List<Long> ids) {
        return Stream.concat(updates.replay(ofUpdates(ids)).stream(), starts.replay(ofStarts(ids)).stream())
                .toList();
    }

    List<NumberedLetters.Answer> discard(List<Long> ids) {
        return Stream.concat(updates.discard(ofUpdates(ids)).stream(), starts.discard(ofStarts(ids)).stream())
                .toList();
    }

    private static List<Long> ofUpdates(List<Long> ids) {
        return ids.stream().filter(UpdateLetters::isOne).toList();
    }

    private static List<Long> ofStarts(List<Long> ids) {
        return ids.stream().filter(WorkflowLetters::isOne).toList();
    }

    /** An update concerns a record, and neither a person's address nor a list. */
    private static DeadLetterView view(UpdateLetters.Letter letter, boolean whole) {
        return new DeadLetterView(
                letter.id(),
                "",
                letter.connection(),
                "",
                "",
                UPDATE,
                letter.code().orElse(null),
                letter.cause(),
                "",
                letter.recordId(),
                letter.parkedAt(),
                letter.replayed(),
                letter.replaying(),
                List.of(),
                whole ? letter.fields() : Map.of(),
                letter.module());
    }

    private static DeadLetterView view(WorkflowLetters.Letter letter) {
        return new DeadLetterView(
                letter.id(),
                "",
                letter.connection(),
                letter.list(),
                letter.person().address(),
                START,
                letter.code().orElse(null),
                letter.cause(),
                "",
                "",
                letter.parkedAt(),
                letter.replayed(),
                letter.replaying(),
                List.of(),
                Map.of("workflow", letter.workflow(), "purpose", letter.purpose()));
    }
}
