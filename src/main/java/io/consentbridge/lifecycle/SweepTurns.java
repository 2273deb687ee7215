package io.consentbridge.lifecycle;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Lets processes that share a database take turns at reading between runs. A turn ends when it is given back, or when its
 * lease expires. An embedded database belongs to one process, which always has the turn.
 */
public final class SweepTurns {

    private final Database database;
    private final InstantSource clock;
    private final String node;
    private final Duration lease;
    private final BooleanSupplier stopping;

    /**
     * @param node names this process
     * @param lease how long a turn lasts without renewal
     * @param stopping whether the process is about to end and therefore takes or keeps no turn
     */
    public SweepTurns(Database database, InstantSource clock, String node, Duration lease, BooleanSupplier stopping) {
        this.database = database;
        this.clock = clock;
        this.node = node;
        this.lease = lease;
        this.stopping = stopping;
    }

    /**
     * Takes the turn, or keeps it for another lease. Returns false while another process has it, or when this one is about
     * to end.
     */
    boolean take(String name) {
        if (stopping.getAsBoolean()) {
            return false;
        }
        if (database.embedded()) {
            return true;
        }
        return database.transaction(handle -> {
            handle.createUpdate("""
                            insert into sweep_lease (name, node, lease_until) values (:name, :node, :now)
                            on conflict do nothing
                            """)
                    .bind("name", name)
                    .bind("node", node)
                    .bind("now", clock.instant())
                    .execute();
            return handle.createUpdate("""
                                    update sweep_lease set node = :node, lease_until = :until
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

    /** Gives the turn back, so that others may take it at once. Does nothing when another process has it by now. */
    void giveBack(String name) {
        if (!database.embedded()) {
            database.change(handle -> handle.createUpdate("delete from sweep_lease where name = :name and node = :node")
                    .bind("name", name)
                    .bind("node", node)
                    .execute());
        }
    }
}
