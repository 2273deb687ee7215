package io.consentbridge.lifecycle;

import io.consentbridge.audience.ListLocks;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.outbox.HeldDeliveries;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRows;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what follows when a sync is deleted: its reading ends, its waiting subscriptions are withdrawn, and a sync of
 * the same name starts from the beginning. Waiting removals are still sent, but people held back by the brake or by a failed
 * reading stay on the list. History, the ledger and suppressions stay.
 */
public final class DeletedSyncs {

    private static final Logger LOG = LoggerFactory.getLogger(DeletedSyncs.class);

    private final Database database;
    private final Runs runs;
    private final RunQueries queries;
    private final Outbox outbox;
    private final Cursors cursors;
    private final SyncActivation states;
    private final FanOutParts parts;
    private final ListLocks locks;

    /** @param locks of campaigns that are in review; those of a campaign without a file end */
    public DeletedSyncs(
            Database database,
            Runs runs,
            RunQueries queries,
            Outbox outbox,
            Cursors cursors,
            SyncActivation states,
            FanOutParts parts,
            ListLocks locks) {
        this.locks = locks;
        this.database = database;
        this.runs = runs;
        this.queries = queries;
        this.outbox = outbox;
        this.cursors = cursors;
        this.states = states;
        this.parts = parts;
    }

    /**
     * Withdraws the waiting subscriptions of syncs whose file is gone (B64), at the start of a process that has its database
     * to itself. Everything else stays, so that a file that comes back costs one complete reading and nobody is lost.
     */
    public void withdrawMissing(SyncCatalog now) {
        locks.endExcept(now.files().campaigns().keySet());
        for (String sync : subscribing()) {
            if (now.find(sync).isEmpty()) {
                LOG.warn("{}: its file was removed; its pending subscriptions are withdrawn", sync);
                // The sync itself is included, in case its file comes back.
                withdraw(
                        sync, Stream.concat(Stream.of(sync), sharing(sync, now)).toList());
            }
        }
    }

    /** Returns the syncs that serve one of the lists for which that sync's subscriptions wait. */
    private Stream<String> sharing(String sync, SyncCatalog now) {
        Set<Target> targets = database.query(handle -> handle.createQuery("""
                        select distinct l.connection, l.name
                        from run r join delivery d on d.run_id = r.id join mailing_list l on l.id = d.list_id
                        where r.sync = :sync and d.action = 'subscribe'
                        """)
                .bind("sync", sync)
                .map((row, context) -> new Target(row.getString("connection"), ListName.key(row.getString("name"))))
                .collect(Collectors.toSet()));
        return now.all().stream()
                .filter(other -> targets(now, other).anyMatch(targets::contains))
                .map(Sync::name);
    }

    private static Stream<Target> targets(SyncCatalog now, Sync sync) {
        Purpose purpose = now.purpose(sync);
        return Stream.concat(Stream.of(purpose.list()), purpose.confirmationList().stream())
                .map(list -> new Target(sync.connection(), ListName.key(list)));
    }

    /** @param list what names of the same list have in common */
    private record Target(String connection, String list) {}

    private List<String> subscribing() {
        return database.query(
                handle -> handle.createQuery("""
                        select distinct r.sync from run r join delivery d on d.run_id = r.id where d.action = 'subscribe'
                        union select sync from dead_letter where action = 'subscribe'
                        order by 1
                        """).mapTo(String.class).list());
    }

    /**
     * Carries out the deletion of the syncs, of the parts of syncs, and of the syncs of campaigns, that the earlier files have
     * and the later ones lack.
     */
    public void forgetRemoved(Configuration before, Configuration after) {
        SyncCatalog were = parts.instructions(before);
        SyncCatalog are = parts.instructions(after);
        for (Sync sync : before.syncs().values()) {
            Sync now = after.syncs().get(sync.name());
            if (now == null) {
                forget(sync, were, are);
            }
            if (sync.hasParts() && (now == null || !now.hasParts())) {
                were.partsOf(sync.name()).forEach(part -> forget(part, were, are));
                parts.forget(sync.name());
            }
        }
        were.recipients().values().stream()
                .filter(sync -> !are.recipients().containsKey(sync.name()))
                .forEach(sync -> forget(sync, were, are));
        before.campaigns().keySet().stream()
                .filter(campaign -> !after.campaigns().containsKey(campaign))
                .forEach(locks::end);
    }

    private void forget(Sync gone, SyncCatalog before, SyncCatalog after) {
        String list = before.purpose(gone).list();
        List<String> sharing = after.all().stream()
                .filter(sync -> !sync.name().equals(gone.name()))
                .filter(sync -> sync.connection().equals(gone.connection()))
                .filter(sync -> ListName.same(after.purpose(sync).list(), list))
                .map(Sync::name)
                .toList();
        forget(gone.name(), sharing);
    }

    /**
     * Carries out the deletion; idempotent.
     *
     * @param sharing other syncs that serve the same list of the same connection
     */
    public void forget(String sync, Collection<String> sharing) {
        // The process that reads the run loses it at the next page, whichever process that is.
        queries.open().stream()
                .filter(run -> run.sync().equals(sync) && run.state() == RunState.READING)
                .forEach(run -> runs.fail(run.id(), sync + ": the sync was deleted while the run was reading", false));
        withdraw(sync, sharing);
        letStay(sync);
        database.change(handle -> {
            for (String table : List.of(
                    "sync_cursor",
                    "selection_cursor",
                    "sweep_cursor",
                    "source_record",
                    "changed_record",
                    "remaining_record",
                    "consent_end",
                    "mapped_field")) {
                handle.createUpdate("delete from " + table + " where sync = :sync")
                        .bind("sync", sync)
                        .execute();
            }
        });
        states.forget(sync);
    }

    /**
     * Lets people stay whom the brake or a failed reading holds back: nobody can release them any more, and no reading can
     * find out who stays.
     */
    private void letStay(String sync) {
        queries.newest(sync).map(Run::connection).ifPresent(connection -> {
            boolean more;
            do {
                more = database.transaction(handle -> {
                    HeldDeliveries held = new HeldDeliveries(handle, connection, sync);
                    List<HeldDeliveries.Leaver> some = held.leavers(0);
                    held.drop(some, IgnoreReason.OTHER, "stays on the list, because the sync was deleted");
                    return !some.isEmpty();
                });
            } while (more);
            database.change(handle -> RunRows.letGo(handle, sync));
        });
    }

    private void withdraw(String sync, Collection<String> sharing) {
        for (String other : outbox.withdrawAll(sync, sharing)) {
            LOG.info("{}: the next run reads everything, because subscriptions of {} were withdrawn", other, sync);
            cursors.reset(other);
        }
    }
}
