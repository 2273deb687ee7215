package io.consentbridge.cli;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.Settled;
import io.consentbridge.api.StatusView;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts dead letters back among the deliveries, and sees how they end. */
final class Replay {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Operations operations;
    private final InstantSource clock;

    Replay(Operations operations, InstantSource clock) {
        this.operations = operations;
        this.clock = clock;
    }

    /**
     * How it ended.
     *
     * @param ids the dead letters that were put back
     * @param refused those against which something stands
     * @param done those that ended: delivered, or overtaken by a newer delivery
     * @param parked those that failed again
     * @param waiting those that are still to be delivered
     */
    record End(List<Long> ids, List<Settled.Refused> refused, List<Long> done, List<Long> parked, List<Long> waiting) {

        /** Left to a runtime. */
        static End left(Settled settled) {
            return new End(settled.ids(), settled.refused(), List.of(), List.of(), settled.ids());
        }

        /**
         * Whether nothing is left for a person to do.
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
            out.println(Words.count(ids.size(), "dead letter") + " back among the deliveries"
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
                figures.add(Words.number(waiting.size()) + " still to deliver");
            }
            return String.join(", ", figures);
        }
    }

    /** Puts every dead letter back, some hundreds at a time. */
    Settled all() {
        List<Long> ids = new ArrayList<>();
        List<Settled.Refused> refused = new ArrayList<>();
        long last = 0;
        Settled some = operations.replayAfter(last);
        while (!some.ids().isEmpty() || !some.refused().isEmpty()) {
            ids.addAll(some.ids());
            refused.addAll(some.refused());
            for (long id : some.ids()) {
                last = Math.max(last, id);
            }
            for (Settled.Refused one : some.refused()) {
                last = Math.max(last, one.id());
            }
            some = operations.replayAfter(last);
        }
        return new Settled(ids, refused);
    }

    /** Returns when each of them has ended, or cannot be sent soon because its connection or list is held. */
    End await(Settled settled) throws InterruptedException {
        End end = new End(settled.ids(), settled.refused(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (long id : settled.ids()) {
            Optional<DeadLetterView> letter = Watch.until(
                    () -> find(id), now -> now.filter(DeadLetterView::replaying).isEmpty() || held(now.get()));
            if (letter.isEmpty()) {
                end.done().add(id);
            } else {
                (letter.get().replaying() ? end.waiting() : end.parked()).add(id);
            }
        }
        return end;
    }

    private Optional<DeadLetterView> find(long id) {
        try {
            return Optional.of(operations.deadLetter(id));
        } catch (OperationFailure.UnknownName gone) {
            return Optional.empty();
        }
    }

    private boolean held(DeadLetterView letter) {
        StatusView status = operations.status();
        Instant soon = clock.instant().plus(PATIENCE);
        return status.connections().stream()
                        .filter(connection -> connection.connection().equals(letter.connection()))
                        .anyMatch(connection -> connection.heldUntil() != null
                                && connection.heldUntil().isAfter(soon))
                || status.lists().stream()
                        .filter(list -> list.list().equals(letter.list())
                                && list.connection().equals(letter.connection()))
                        .anyMatch(list -> list.heldBecause() != null
                                && (list.triedAt() == null || list.triedAt().isAfter(soon)));
    }
}
