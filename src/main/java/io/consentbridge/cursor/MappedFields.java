package io.consentbridge.cursor;

import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.store.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Knows which mapped fields have reached everybody whose record a sync read (B120). A newly mapped field reaches people
 * whose records do not change only when a full run writes them again.
 *
 * <p>Later runs finish a first reading that was interrupted. They do not finish a full run that failed, because runs that
 * are not full pass over records that did not change. Threads and processes may share it.
 */
public final class MappedFields {

    /**
     * The name under which the setting of that name is stored among the fields; the setting erases only values that are read
     * while it is set (B115).
     */
    public static final String UPDATE_EMPTY_VALUES = "updateEmptyValues";

    private final Database database;

    public MappedFields(Database database) {
        this.database = database;
    }

    /** Notes, in the caller's transaction, that a run begins to read with that mapping. */
    public static void begin(Handle handle, String sync, Mapping mapping, boolean full) {
        if (!full) {
            handle.createUpdate("delete from mapped_field where sync = :sync and state = 'full'")
                    .bind("sync", sync)
                    .execute();
        }
        forgetOthers(handle, sync, mapping);
        if (full || !hasRead(handle, sync)) {
            add(handle, sync, mapping, full ? "full" : "first");
        }
    }

    /** Notes that an interrupted run goes on; its mapping may have changed since it began. */
    public void goOn(String sync, Mapping mapping) {
        database.change(handle -> forgetOthers(handle, sync, mapping));
    }

    /** Notes that a run has read to the end. */
    public void end(String sync) {
        database.change(handle -> handle.createUpdate(
                        "update mapped_field set state = 'reached' where sync = :sync and state <> 'reached'")
                .bind("sync", sync)
                .execute());
    }

    /**
     * The Campaigns fields of a mapping that only a full run brings to people whose records do not change, in the mapping's
     * order, and {@value #UPDATE_EMPTY_VALUES} if this is true of the setting; none before the first reading.
     */
    public List<String> waiting(String sync, Mapping mapping) {
        return database.query(handle -> {
            List<String> waiting = new ArrayList<>();
            if (hasRead(handle, sync)) {
                Map<String, String> known = known(handle, sync, "full");
                entries(mapping).forEach((target, source) -> {
                    if (!source.equals(known.get(target))) {
                        waiting.add(target);
                    }
                });
            }
            return waiting;
        });
    }

    private static void add(Handle handle, String sync, Mapping mapping, String state) {
        PreparedBatch add = handle.prepareBatch("""
                insert into mapped_field (sync, target, source, state) values (:sync, :target, :source, :state)
                on conflict do nothing
                """);
        entries(mapping)
                .forEach((target, source) -> add.bind("sync", sync)
                        .bind("target", target)
                        .bind("source", source)
                        .bind("state", state)
                        .add());
        add.execute();
    }

    private static void forgetOthers(Handle handle, String sync, Mapping mapping) {
        Map<String, String> now = entries(mapping);
        PreparedBatch forget = handle.prepareBatch("delete from mapped_field where sync = :sync and target = :target");
        known(handle, sync, "").forEach((target, source) -> {
            if (!source.equals(now.get(target))) {
                forget.bind("sync", sync).bind("target", target).add();
            }
        });
        forget.execute();
    }

    private static boolean hasRead(Handle handle, String sync) {
        return handle.createQuery("select 1 from source_record where sync = :sync fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Map<String, String> known(Handle handle, String sync, String butNot) {
        Map<String, String> known = new LinkedHashMap<>();
        handle.createQuery("select target, source from mapped_field where sync = :sync and state <> :state")
                .bind("sync", sync)
                .bind("state", butNot)
                .map((row, context) -> Map.entry(row.getString("target"), row.getString("source")))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    private static Map<String, String> entries(Mapping mapping) {
        Map<String, String> entries = new LinkedHashMap<>(ContactMapper.effective(mapping));
        if (mapping.updateEmptyValues()) {
            entries.put(UPDATE_EMPTY_VALUES, "true");
        }
        return entries;
    }
}
