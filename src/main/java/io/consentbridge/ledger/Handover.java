package io.consentbridge.ledger;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands checkpoints to the targets outside. One that is out of reach is tried again, and holds up nothing else. */
final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MANY = 100;
    private static final int LONGEST = 500;

    private final Database database;
    private final List<CheckpointTarget> targets;
    private final InstantSource clock;

    Handover(Database database, List<CheckpointTarget> targets, InstantSource clock) {
        this.database = database;
        this.targets = List.copyOf(targets);
        this.clock = clock;
    }

    /**
     * How a target is doing.
     *
     * @param target its word: file, webhook or mail
     * @param size how many entries the last checkpoint covers that it has; -1 for none
     * @param failure why the next one could not be handed over; empty if it could
     */
    record State(
            String target, long size, Optional<Instant> takenAt, Optional<String> failure, Optional<Instant> retryAt) {}

    void run() {
        for (CheckpointTarget target : targets) {
            State state = state(target.name());
            Instant now = clock.instant();
            boolean waits = state.retryAt()
                            .filter(retry -> isWithin(retry.minus(AGAIN), AGAIN, now))
                            .isPresent()
                    || state.takenAt()
                            .filter(taken -> isWithin(taken, target.every(), now))
                            .isPresent();
            if (!waits) {
                handOver(target, state);
            }
        }
    }

    /** Whether so much time is not over; a clock that was set back since ends it. */
    private static boolean isWithin(Instant since, Duration time, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(time));
    }

    private void handOver(CheckpointTarget target, State before) {
        List<StoredCheckpoint> news = database.query(handle -> CheckpointRows.after(handle, before.size(), MANY));
        if (news.isEmpty()) {
            return;
        }
        try {
            target.take(news);
            if (before.failure().isPresent()) {
                LOG.info("Checkpoints of the ledger reach their {} again", target.name());
            }
            keep(new State(
                    target.name(),
                    news.get(news.size() - 1).size(),
                    Optional.of(clock.instant()),
                    Optional.empty(),
                    Optional.empty()));
        } catch (IOException unreachable) {
            if (before.failure().isEmpty()) {
                LOG.warn(
                        "Checkpoints of the ledger do not reach their {}: {}. They are handed over as soon as it works",
                        target.name(),
                        unreachable.getMessage());
            }
            keep(new State(
                    target.name(),
                    before.size(),
                    before.takenAt(),
                    Optional.ofNullable(unreachable.getMessage()),
                    Optional.of(clock.instant().plus(AGAIN))));
        }
    }

    /** How the targets of the settings are doing. */
    List<State> states() {
        return targets.stream().map(target -> state(target.name())).toList();
    }

    /** When the oldest checkpoint was made that the target lacks; empty if it has all. */
    Optional<Instant> lackingSince(State state) {
        return database.query(handle -> CheckpointRows.after(handle, state.size(), 1)).stream()
                .map(StoredCheckpoint::madeAt)
                .findFirst();
    }

    /** How many entries the checkpoints cover that all targets have; -1 while one of them has none. */
    long handed() {
        return states().stream().mapToLong(State::size).min().orElse(Long.MAX_VALUE);
    }

    private State state(String target) {
        return database.query(handle -> handle.createQuery(
                                "select size, taken_at, failure, retry_at from ledger_target where target = :target")
                        .bind("target", target)
                        .map((row, context) -> new State(
                                target,
                                row.getLong("size"),
                                Columns.optionalInstant(row, "taken_at"),
                                Columns.optionalText(row, "failure"),
                                Columns.optionalInstant(row, "retry_at")))
                        .findOne())
                .orElseGet(() -> new State(target, -1, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private void keep(State state) {
        database.change(handle -> handle.createUpdate("""
                        insert into ledger_target (target, size, taken_at, failure, retry_at)
                        values (:target, :size, :taken, :failure, :retry)
                        on conflict (target) do update set size = excluded.size, taken_at = excluded.taken_at,
                            failure = excluded.failure, retry_at = excluded.retry_at
                        """)
                .bind("target", state.target())
                .bind("size", state.size())
                .bind("taken", state.takenAt().orElse(null))
                .bind("failure", Columns.clip(state.failure().orElse(null), LONGEST))
                .bind("retry", state.retryAt().orElse(null))
                .execute());
    }
}
