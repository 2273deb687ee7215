package io.consentbridge.cli;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.DeadLettersHandled;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.StatusView;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.outbox.Action;
import io.consentbridge.writeback.RecordWrites;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Queues dead letters for delivery again, and follows them to their end. */
final class Replay {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Longer than a call with all its retries, so that such a call is awaited. */
    private static final Duration TO_GIVE_UP = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int LOOK = 500;

    private final Operations operations;
    private final InstantSource clock;
    private final Pause pause;

    Replay(Operations operations, InstantSource clock) {
        this(operations, clock, time -> Thread.sleep(time.toMillis()));
    }

    /** @param pause waits between two checks */
    Replay(Operations operations, InstantSource clock, Pause pause) {
        this.operations = operations;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The result of a replay.
     *
     * @param ids the dead letters that were queued again
     * @param refused those that may not be queued again
     * @param done those that ended: delivered, or superseded by a newer delivery
     * @param parked those that failed again
     * @param waiting those not delivered yet
     */
    record End(
            List<Long> ids,
            List<DeadLettersHandled.Refused> refused,
            List<Long> done,
            List<Long> parked,
            List<Long> waiting) {

        /** Returns the result when the deliveries are left to a runtime. */
        static End left(DeadLettersHandled settled) {
            return new End(settled.ids(), settled.refused(), List.of(), List.of(), settled.ids());
        }

        /**
         * Returns whether nothing remains for a person to do.
         *
         * @param remote whether a runtime delivers what waits
         */
        boolean clean(boolean remote) {
            return refused.isEmpty() && parked.isEmpty() && (remote || waiting.isEmpty());
        }

        void print(PrintWriter out) {
            if (ids.isEmpty() && refused.isEmpty()) {
                out.println("The dead-letter channel is empty.");
                return;
            }
            out.println(Words.count(ids.size(), "delivery", "deliveries") + " queued again"
                    + (waiting.size() == ids.size() ? "" : ": " + figures()));
            refused.forEach(one -> out.println(one.text()));
            if (!parked.isEmpty()) {
                out.println("See what failed again with: consentbridge dead-letters list");
            }
        }

        private String figures() {
            List<String> figures = new ArrayList<>(List.of(Words.number(done.size()) + " done"));
            if (!parked.isEmpty()) {
                figures.add(Words.number(parked.size()) + " failed again");
            }
            if (!waiting.isEmpty()) {
                figures.add(Words.number(waiting.size()) + " still pending");
            }
            return String.join(", ", figures);
        }
    }

    /** Queues every dead letter again, several hundred at a time. */
    DeadLettersHandled all() {
        List<Long> ids = new ArrayList<>();
        List<DeadLettersHandled.Refused> refused = new ArrayList<>();
        long last = 0;
        DeadLettersHandled some = operations.replayAfter(last);
        while (!some.ids().isEmpty() || !some.refused().isEmpty()) {
            ids.addAll(some.ids());
            refused.addAll(some.refused());
            for (long id : some.ids()) {
                last = Math.max(last, id);
            }
            for (DeadLettersHandled.Refused one : some.refused()) {
                last = Math.max(last, one.id());
            }
            some = operations.replayAfter(last);
        }
        return new DeadLettersHandled(ids, refused);
    }

    /**
     * Waits until each of them has ended, until none of those left can be sent soon, because their connection, list or
     * method is held, or until none has ended for a while.
     */
    End await(DeadLettersHandled settled) throws InterruptedException {
        End end = new End(settled.ids(), settled.refused(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Deque<Long> open = new ArrayDeque<>(settled.ids());
        Map<Long, DeadLetterView> seen = new HashMap<>();
        Pauses pauses = new Pauses(pause);
        while (!open.isEmpty()) {
            int before = open.size();
            look(open, seen, end);
            if (open.size() < before) {
                pauses.progress();
            }
            if (pauses.idleFor(TO_GIVE_UP) || pauses.isTimeForStatus() && heldAll(open, seen)) {
                end.waiting().addAll(open.stream().sorted().toList());
                return end;
            }
            if (!open.isEmpty()) {
                pauses.next();
            }
        }
        return end;
    }

    /** Checks some of them at a time, so that checking thousands does not slow the deliveries down. */
    private void look(Deque<Long> open, Map<Long, DeadLetterView> seen, End end) {
        for (int left = Math.min(LOOK, open.size()); left > 0; left--) {
            long id = open.removeFirst();
            Optional<DeadLetterView> letter = find(id);
            if (letter.isEmpty()) {
                end.done().add(id);
            } else if (letter.get().replaying()) {
                open.addLast(id);
                seen.put(id, letter.get());
            } else {
                end.parked().add(id);
            }
        }
    }

    private Optional<DeadLetterView> find(long id) {
        try {
            return Optional.of(operations.deadLetter(id));
        } catch (OperationFailure.UnknownName gone) {
            return Optional.empty();
        }
    }

    private boolean heldAll(Deque<Long> open, Map<Long, DeadLetterView> seen) {
        if (open.isEmpty() || !seen.keySet().containsAll(open)) {
            return false;
        }
        StatusView status = operations.status();
        Instant soon = clock.instant().plus(PATIENCE);
        return open.stream().map(seen::get).allMatch(letter -> held(letter, status, soon));
    }

    private static boolean held(DeadLetterView letter, StatusView status, Instant soon) {
        return status.connections().stream()
                        .filter(connection -> connection.connection().equals(letter.connection()))
                        .anyMatch(connection -> held(letter, connection, soon))
                || letter.action().equals(Action.SUBSCRIBE.word())
                        && status.lists().stream()
                                .filter(list -> list.list().equals(letter.list())
                                        && list.connection().equals(letter.connection()))
                                .anyMatch(list -> held(list, soon));
    }

    private static boolean held(DeadLetterView letter, StatusView.OfConnection connection, Instant soon) {
        return after(connection.heldUntil(), soon)
                || connection.locked().stream()
                        .filter(locked -> methods(letter).anyMatch(locked.method()::equals))
                        .anyMatch(locked -> after(locked.until(), soon));
    }

    private static boolean held(StatusView.OfList list, Instant soon) {
        return after(list.waitsUntil(), soon)
                || list.heldBecause() != null && (list.triedAt() == null || after(list.triedAt(), soon));
    }

    private static Stream<String> methods(DeadLetterView letter) {
        if (letter.module() != null) {
            return Stream.of(RecordWrites.QUOTA);
        } else if (letter.action().equals("start-workflow")) {
            return Stream.of(WorkflowPermits.METHOD);
        }
        return Arrays.stream(Action.values())
                .filter(action -> action.word().equals(letter.action()))
                .map(Action::method);
    }

    private static boolean after(Instant time, Instant soon) {
        return time != null && time.isAfter(soon);
    }

    /** Growing pauses, and their sum. */
    private static final class Pauses {

        private final Pause pause;
        private Duration next = FIRST_PAUSE;
        private Duration idle = Duration.ZERO;
        private Duration sinceStatus = Duration.ZERO;

        private Pauses(Pause pause) {
            this.pause = pause;
        }

        private void next() throws InterruptedException {
            pause.make(next);
            idle = idle.plus(next);
            sinceStatus = sinceStatus.plus(next);
            next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
        }

        private void progress() {
            idle = Duration.ZERO;
        }

        private boolean idleFor(Duration time) {
            return idle.compareTo(time) >= 0;
        }

        /** Returns whether to read the status, which costs much counting: once a second at most. */
        private boolean isTimeForStatus() {
            boolean due = sinceStatus.compareTo(LONGEST_PAUSE) >= 0;
            if (due) {
                sinceStatus = Duration.ZERO;
            }
            return due;
        }
    }

    /** Waits. */
    interface Pause {
        void make(Duration time) throws InterruptedException;
    }
}
