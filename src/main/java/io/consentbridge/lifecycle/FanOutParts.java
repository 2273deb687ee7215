package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.HeldDeliveries;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The parts of syncs that make a list of each view or campaign, as they were last found (B104). A part that is gone remains
 * known, because people whom it delivered may still be on its list.
 */
public final class FanOutParts {

    private final Database database;
    private final InstantSource clock;

    public FanOutParts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A view or campaign that was found in the CRM.
     *
     * @param id its id in the CRM
     * @param name its current name
     */
    public record Found(String id, String name) {}

    /**
     * A known part.
     *
     * @param part the part
     * @param kind view or campaign
     * @param module of its records
     * @param goneSince since when the part has been gone; empty while it exists
     */
    public record Known(SyncPart part, Selection.Kind kind, String module, Optional<Instant> goneSince) {

        /** Returns the part as a sync; for a part that is gone, the sync selects nothing. */
        Sync as(Sync of) {
            boolean there = goneSince.isEmpty()
                    && module.equals(of.module())
                    && of.selection().scope() instanceof Selection.Each each
                    && each.kind() == kind;
            Selection.Scope scope = !there
                    ? new Selection.Nothing()
                    : kind == Selection.Kind.VIEW ? new Selection.View(part.id()) : new Selection.Campaign(part.id());
            return of.part(part, module, scope);
        }
    }

    /** Returns everything that runs under that configuration. */
    public SyncCatalog instructions(Configuration now) {
        if (now.syncs().values().stream().noneMatch(Sync::hasParts)) {
            return new SyncCatalog(now, Map.of());
        }
        Map<String, Sync> parts = new LinkedHashMap<>();
        for (Known known : database.query(handle -> all(handle, null))) {
            Sync of = now.syncs().get(known.part().of());
            if (of != null && of.hasParts()) {
                parts.put(known.part().name(), known.as(of));
            }
        }
        return new SyncCatalog(now, parts);
    }

    /** Returns the parts of a sync in the order of the CRM, followed by those that are gone. */
    public List<Known> of(String sync) {
        return database.query(handle -> all(handle, sync));
    }

    private static List<Known> all(Handle handle, String sync) {
        return handle.createQuery("""
                        select * from sync_part where cast(:sync as varchar) is null or sync = :sync
                        order by sync, case when gone_since is null then 0 else 1 end, position, part_id
                        """).bind("sync", sync).map(FanOutParts::row).list();
    }

    /**
     * Stores which parts a sync has now. A known part that is not among them is gone from now on, and one that is back
     * counts as existing again.
     */
    public void keep(Sync sync, Selection.Kind kind, List<Found> found) {
        database.change(handle -> {
            Set<String> gone = new HashSet<>();
            all(handle, sync.name()).stream()
                    .filter(known -> known.goneSince().isEmpty())
                    .forEach(known -> gone.add(known.part().id()));
            int position = 0;
            for (Found one : found) {
                gone.remove(one.id());
                keep(handle, sync, kind, one, position++);
            }
            for (String id : gone) {
                handle.createUpdate("update sync_part set gone_since = :now where sync = :sync and part_id = :id")
                        .bind("now", clock.instant())
                        .bind("sync", sync.name())
                        .bind("id", id)
                        .execute();
            }
        });
    }

    private static void keep(Handle handle, Sync sync, Selection.Kind kind, Found one, int position) {
        handle.createUpdate("""
                        insert into sync_part (sync, part_id, kind, module, label, position)
                        values (:sync, :id, :kind, :module, :label, :position) on conflict do nothing
                        """)
                .bind("sync", sync.name())
                .bind("id", one.id())
                .bind("kind", kind.word())
                .bind("module", sync.module())
                .bind("label", Columns.clip(one.name(), 300))
                .bind("position", position)
                .execute();
        handle.createUpdate("""
                        update sync_part set kind = :kind, module = :module, position = :position, gone_since = null
                        where sync = :sync and part_id = :id
                        """)
                .bind("sync", sync.name())
                .bind("id", one.id())
                .bind("kind", kind.word())
                .bind("module", sync.module())
                .bind("position", position)
                .execute();
    }

    /** Returns whether anybody is still on a list because of that part, or is held back from leaving it. */
    boolean delivers(String part) {
        return database.query(handle -> handle.createQuery("""
                                select 1 from source_record
                                where sync = :part and decision in ('deliver', 'deliver-as-expressed')
                                fetch first row only
                                """)
                        .bind("part", part)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent()
                || HeldDeliveries.bySync(handle).containsKey(part));
    }

    /** Forgets the parts of a sync that no longer has any. */
    public void forget(String sync) {
        database.change(handle -> handle.createUpdate("delete from sync_part where sync = :sync")
                .bind("sync", sync)
                .execute());
    }

    private static Known row(ResultSet row, StatementContext context) throws SQLException {
        return new Known(
                new SyncPart(row.getString("sync"), row.getString("part_id"), row.getString("label")),
                row.getString("kind").equals(Selection.Kind.VIEW.word())
                        ? Selection.Kind.VIEW
                        : Selection.Kind.CAMPAIGN,
                row.getString("module"),
                Columns.optionalInstant(row, "gone_since"));
    }

    /**
     * Which of the CRM's views or campaigns a sync selects: all of them, or those that its file names.
     *
     * @param missing names that match none
     */
    public record Chosen(List<Found> found, List<String> missing) {

        /**
         * Chooses by name or id, and ignores upper and lower case where only one matches. A view or campaign that was
         * renamed in the CRM is known by the name under which it was first found.
         */
        static Chosen of(List<String> names, List<Found> there, List<Known> known) {
            if (names.isEmpty()) {
                return new Chosen(there, List.of());
            }
            Map<String, Found> found = new LinkedHashMap<>();
            List<String> missing = new ArrayList<>();
            for (String name : names) {
                List<Found> fitting = fitting(name, there, known);
                fitting.forEach(one -> found.put(one.id(), one));
                if (fitting.isEmpty()) {
                    missing.add(name);
                }
            }
            return new Chosen(List.copyOf(found.values()), missing);
        }

        private static List<Found> fitting(String name, List<Found> there, List<Known> known) {
            List<Found> exact = there.stream()
                    .filter(one -> one.id().equals(name) || one.name().equals(name))
                    .toList();
            if (!exact.isEmpty()) {
                return exact;
            }
            List<Found> loose = there.stream()
                    .filter(one -> one.name().equalsIgnoreCase(name))
                    .toList();
            if (loose.size() == 1) {
                return loose;
            }
            Set<String> renamed = new HashSet<>();
            known.stream()
                    .filter(one -> one.part().label().equalsIgnoreCase(name))
                    .forEach(one -> renamed.add(one.part().id()));
            return there.stream().filter(one -> renamed.contains(one.id())).toList();
        }
    }
}
