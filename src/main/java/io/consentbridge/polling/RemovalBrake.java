package io.consentbridge.polling;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.cursor.CursorRows;
import io.consentbridge.cursor.Keepers;
import io.consentbridge.cursor.SourceRows;
import io.consentbridge.outbox.Held;
import io.consentbridge.outbox.HeldDeliveries;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.RunRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.sync.Sync.LeaverAction;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The brake on mass removals. It handles people who are to leave a list although they did not refuse: their record was
 * deleted, has another address, or left the selection. They are held until everything was read. Then those stay for whom
 * another record stands. If too many others would leave, the brake holds them until a person allows exactly that number
 * (docs/consent.md).
 */
public final class RemovalBrake {

    private static final int MESSAGE = 2000;

    private final Database database;
    private final InstantSource clock;
    private final Supplier<Settings.Brake> settings;
    private final Map<String, String> suspicions = new ConcurrentHashMap<>();

    /** @param settings the current settings */
    public RemovalBrake(Database database, InstantSource clock, Supplier<Settings.Brake> settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Ends the reading of a run: it is delivering from now on, and its pending removals are released, or the brake holds
     * them. Does nothing for a run that is not reading.
     *
     * @return why it is braked, for people; empty when it is not braked
     */
    public Optional<String> endReading(ActiveRun run) {
        clear(run.sync(), run.companions(), run.connection().zone());
        Optional<String> suspicion = Optional.ofNullable(suspicions.remove(run.id()));
        return database.transaction(handle -> {
            boolean ours = RunRows.endReading(handle, run.id(), clock.instant());
            if (ours && !run.leaversOnly()) {
                // The records that were not read have been found; from now on only changes are read.
                CursorRows.everything(handle, run.sync().name(), Optional.empty());
                CursorRows.decided(handle, run.sync().name());
            }
            return ours ? decide(handle, run, suspicion) : Optional.<String>empty();
        });
    }

    private Optional<String> decide(Handle handle, ActiveRun run, Optional<String> suspicion) {
        HeldDeliveries held = held(handle, run.sync());
        Map<Held.Cause, Long> causes = held.count();
        long people = sum(causes);
        long members = people == 0 ? 0 : members(handle, run.list().id());
        Optional<String> tooMany =
                people == 0 ? Optional.empty() : settings.get().holds(people, members);
        if (tooMany.isEmpty()) {
            letGo(handle, held, run.sync().name());
            return Optional.empty();
        }
        if (!held.holds(run.id())) {
            return Optional.empty();
        }
        String message = Columns.clip(message(run, causes, people, members, tooMany.get(), suspicion), MESSAGE);
        handle.createUpdate("update run set state = 'braked', brake = :brake where id = :id")
                .bind("brake", message)
                .bind("id", run.id())
                .execute();
        return Optional.of(message);
    }

    /** Sets the likely cause that {@link #endReading} names if the brake holds people of that run. */
    void suspect(String runId, String likelyCause) {
        suspicions.put(runId, likelyCause);
    }

    /** Whether the brake is likely to hold people of the run because they are no longer selected. */
    boolean mayHoldUnmatched(ActiveRun run) {
        return database.query(handle -> {
            Map<Held.Cause, Long> causes = held(handle, run.sync()).count();
            return causes.containsKey(Held.Cause.UNMATCHED)
                    && settings.get()
                            .holds(sum(causes), members(handle, run.list().id()))
                            .isPresent();
        });
    }

    private static String message(
            ActiveRun run,
            Map<Held.Cause, Long> causes,
            long people,
            long members,
            String tooMany,
            Optional<String> suspicion) {
        return ("%s: the brake holds %s people who would leave the list \"%s\" of %s, %s: %s%s."
                        + " Nobody was taken off. To release them: consentbridge sync run %s"
                        + " --allow-removals %s")
                .formatted(
                        run.sync().name(),
                        people,
                        run.list().name(),
                        members,
                        tooMany,
                        causes(causes),
                        suspicion.map(likely -> "; " + likely).orElse(""),
                        run.sync().name(),
                        people);
    }

    private static String causes(Map<Held.Cause, Long> causes) {
        return causes.entrySet().stream()
                .map(cause -> cause.getValue() + " "
                        + switch (cause.getKey()) {
                            case DELETED -> "deleted in the CRM";
                            case MOVED -> "with another address";
                            case UNMATCHED -> "no longer selected";
                            case CONSENT_LOST -> "no longer with consent";
                        })
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    /**
     * Releases the people whom the brake holds for a sync.
     *
     * @param companions other syncs that serve its list, with their modules
     * @param zone the zone in which the days of its connection begin
     * @param people the number of people, as the brake named it
     * @return the newest run that goes on
     * @throws RunFault when the number is another one, or nobody is held; the message says which
     */
    public String allow(Sync sync, Map<String, String> companions, ZoneId zone, long people) {
        String syncName = sync.name();
        clear(sync, companions, zone);
        return database.transaction(handle -> {
            Optional<String> newest = handle.createQuery("""
                            select id from run where sync = :sync and state = 'braked'
                            order by started_at desc, id desc fetch first row only
                            """)
                    .bind("sync", syncName)
                    .mapTo(String.class)
                    .findOne();
            if (newest.isEmpty()) {
                throw new RunFault(syncName + ": the brake holds nobody. Run the sync without --allow-removals");
            }
            if (isReading(handle, syncName)) {
                throw new RunFault(syncName + ": already running. Wait until that run ends");
            }
            HeldDeliveries held = held(handle, sync);
            long would = sum(held.count());
            if (would != people) {
                throw new RunFault("%s: %s people would leave, not %s. If that is right, use --allow-removals %s"
                        .formatted(syncName, would, people, would));
            }
            letGo(handle, held, syncName);
            return newest.get();
        });
    }

    private static boolean isReading(Handle handle, String sync) {
        return handle.createQuery("select 1 from run where sync = :sync and state = 'reading' fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** How many people each sync holds; syncs that hold nobody are absent. */
    public Map<String, Long> held() {
        return database.query(HeldDeliveries::bySync);
    }

    /** How many of those people the brake holds until a person decides; syncs of which it holds nobody are absent. */
    public Map<String, Long> braked() {
        return database.query(handle -> {
            Set<String> braked =
                    new HashSet<>(handle.createQuery("select distinct sync from run where state = 'braked'")
                            .mapTo(String.class)
                            .list());
            Map<String, Long> held = braked.isEmpty() ? new HashMap<>() : HeldDeliveries.bySync(handle);
            held.keySet().retainAll(braked);
            return held;
        });
    }

    private void letGo(Handle handle, HeldDeliveries held, String sync) {
        held.release(clock.instant());
        RunRows.letGo(handle, sync);
    }

    /**
     * Drops the held removals of people who stay, for example because another record keeps them; one transaction for each
     * batch, since anything may happen in between.
     */
    private void clear(Sync sync, Map<String, String> companions, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Set<String> syncs = new HashSet<>(companions.keySet());
        syncs.add(sync.name());
        long after = 0;
        while (true) {
            long from = after;
            List<HeldDeliveries.Leaver> batch = database.transaction(handle -> clear(handle, sync, syncs, today, from));
            if (batch.isEmpty()) {
                return;
            }
            after = batch.get(batch.size() - 1).id();
        }
    }

    private static List<HeldDeliveries.Leaver> clear(
            Handle handle, Sync sync, Set<String> syncs, LocalDate today, long after) {
        HeldDeliveries held = held(handle, sync);
        List<HeldDeliveries.Leaver> batch = held.leavers(after);
        Map<Long, Set<Keepers.Reason>> delivered = SourceRows.delivered(
                handle,
                sync.name(),
                syncs,
                batch.stream().map(HeldDeliveries.Leaver::personId).toList(),
                today);
        List<HeldDeliveries.Leaver> left = new ArrayList<>(batch);
        List<HeldDeliveries.Leaver> met = take(left, leaver -> keeper(sync, leaver, delivered, true));
        held.drop(met, IgnoreReason.FILE_DUPLICATE, "duplicate: another record with this address was used");
        held.drop(
                take(left, leaver -> keeper(sync, leaver, delivered, false)),
                IgnoreReason.OTHER,
                "stays on the list: this sync or another one delivers the record to it");
        held.drop(
                take(left, leaver -> isIgnored(sync, leaver)),
                IgnoreReason.OTHER,
                "the sync now keeps such people on the list");
        held.drop(
                take(left, leaver -> !leaver.onList() && leaver.outcomeId() == null),
                IgnoreReason.OTHER,
                "not on the list");
        return batch;
    }

    /** Whether a person stays because of another record, or because of the same record through another sync. */
    private static boolean keeper(
            Sync sync, HeldDeliveries.Leaver leaver, Map<Long, Set<Keepers.Reason>> delivered, boolean otherRecord) {
        Keepers.Reason leaving = new Keepers.Reason(sync.name(), leaver.recordId());
        return delivered.getOrDefault(leaver.personId(), Set.of()).stream()
                .filter(other -> otherRecord != other.recordId().equals(leaver.recordId()))
                .anyMatch(other -> Keepers.keeps(leaver.cause(), leaving, other));
    }

    private static List<HeldDeliveries.Leaver> take(
            List<HeldDeliveries.Leaver> from, Predicate<HeldDeliveries.Leaver> which) {
        List<HeldDeliveries.Leaver> taken = from.stream().filter(which).toList();
        from.removeAll(taken);
        return taken;
    }

    // A record of another sync that was read by this run leaves as its own sync says.
    private static boolean isIgnored(Sync sync, HeldDeliveries.Leaver leaver) {
        return switch (leaver.cause()) {
            case DELETED -> sync.whenDeleted() == LeaverAction.IGNORE;
            case UNMATCHED -> sync.whenUnmatched() == LeaverAction.IGNORE && leaver.ownRecord();
            case CONSENT_LOST -> sync.whenConsentLost() == ConsentLost.KEEP;
            case MOVED -> false;
        };
    }

    private static HeldDeliveries held(Handle handle, Sync sync) {
        return new HeldDeliveries(handle, sync.connection(), sync.name());
    }

    private static long members(Handle handle, long listId) {
        return handle.createQuery("select count(*) from list_member where list_id = :list and active")
                .bind("list", listId)
                .mapTo(Long.class)
                .one();
    }

    private static long sum(Map<Held.Cause, Long> causes) {
        return causes.values().stream().mapToLong(Long::longValue).sum();
    }
}
