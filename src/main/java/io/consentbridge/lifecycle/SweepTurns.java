package io.consentbridge.lifecycle;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Processes that share a database take turns at what is read between runs. A turn ends when it is given back, or with its lease.
 * An embedded database belongs to one process, which always has the turn.
 */
public final class SweepTurns {

    private final Database database;
    private final InstantSource clock;
    private final String node;
    private final Duration lease;
    private final BooleanSupplier stopping;

    /**
     * @param node names this process
     * @param lease how long a turn lasts without a sign of life
     * @param stopping whether the process is about to end, so that it takes and keeps no turn any more
     */
    public SweepTurns(Database database, InstantSource clock, String node, Duration lease, BooleanSupplier stopping) {
        this.database = database;
        this.clock = clock;
        this.node = node;
        this.lease = lease;
        this.stopping = stopping;
    }

    /** Takes the turn, or keeps it for another lease. False while another process has it, or when this one is about to end. */
    boolean take(String name) {
        if (stopping.getAsBoolean()) {
            return false;
        }
        if (database.embedded()) {
            return true;
        }
        return database.transaction(handle -> {
            handle.createUpdate("""
                            insert into sweep_turn (name, node, lease_until) values (:name, :node, :now)
                            on conflict do nothing
                            """)
                    .bind("name", name)
                    .bind("node", node)
                    .bind("now", clock.instant())
                    .execute();
            return handle.createUpdate("""
                                    update sweep_turn set node = :node, lease_until = :until
                                    where name = :name and (node = :node or lease_until <= :now)
                                    """)
                            .bind("node", node)
                            .bind("until", clock.instant().plus(lease))
                            .bind("name", name)
                            .bind("now", clock.instant())
                            .execute()
                    == 1;
        });
    }

    /** Others may take the turn at once. Nothing happens when another process has it by now. */
    void giveBack(String name) {
        if (!database.embedded()) {
            database.change(handle -> handle.createUpdate("delete from sweep_turn where name = :name and node = :node")
                    .bind("name", name)
                    .bind("node", node)
                    .execute());
        }
    }
}
