package io.consentbridge.sandbox.crm.store;

import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One module's records. Readers never wait; a read that is under way may or may not see concurrent writes, as with Zoho.
 * Writers to one module take turns.
 */
public final class ModuleStore {

    /** Is told of each change, with null for a record that did not exist before or is gone afterwards. */
    public interface Listener {
        void changed(Row before, Row after);
    }

    private final ModuleSpec spec;
    private final RowSource base;
    private final Map<Integer, Change> changes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    private final Set<String> deletedViews = ConcurrentHashMap.newKeySet();
    private final Spoils spoils = new Spoils();
    private final WriteRefusals writeRefusals = new WriteRefusals();
    private final Map<Integer, Change> bin = new ConcurrentHashMap<>();
    private final AtomicInteger next;
    private final TimeOrder order;
    private final Listener listener;
    private final Access access = new Access();
    private final Retyping retyping = new Retyping();
    private final Lateness late = new Lateness();
    private long lateBy;
    private volatile int queryMost = Integer.MAX_VALUE;

    ModuleStore(ModuleSpec spec, RowSource base, Listener listener) {
        this.spec = spec;
        this.base = base;
        this.listener = listener;
        this.next = new AtomicInteger(base.size());
        this.order = new TimeOrder(base, changes::containsKey);
    }

    /** Returns the wrong values that replies give for single records. */
    public Spoils spoils() {
        return spoils;
    }

    /** Returns the records whose changes are refused. */
    public WriteRefusals writeRefusals() {
        return writeRefusals;
    }

    public ModuleSpec spec() {
        return spec;
    }

    /** Returns the names of the module's deleted custom views. */
    public Set<String> deletedViews() {
        return deletedViews;
    }

    /** Returns the record at a position, empty when there is none (any more). */
    Optional<Row> at(int ordinal) {
        Change change = changes.get(ordinal);
        if (change != null) {
            return change.gone()
                    ? Optional.empty()
                    : Optional.of(new Row(spec, base, ordinal, change.values(), change.modified()));
        }
        return ordinal >= 0 && ordinal < base.size()
                ? Optional.of(new Row(spec, base, ordinal, Map.of(), base.modified(ordinal)))
                : Optional.empty();
    }

    public Optional<Row> find(long id) {
        int ordinal = spec.ordinal(id);
        return ordinal < 0 ? Optional.empty() : at(ordinal);
    }

    /** Returns records in the order of their ids, from a position on (downwards when {@code ascending} is false). */
    public Iterable<Row> byId(int from, boolean ascending) {
        return () -> new Walk(new IdWalk(from, ascending, next.get()), this::at);
    }

    /** Returns records in the order of (Modified_Time, id) between two {@link Keys}, both included. */
    public Iterable<Row> byTime(long lowest, long highest, boolean ascending) {
        return () -> new Walk(order.walk(lowest, highest, ascending), this::at);
    }

    /** Returns approximately how many records {@link #byTime} returns. */
    public int countByTime(long lowest, long highest) {
        return order.count(lowest, highest);
    }

    /** Returns the number of records. */
    public int size() {
        return next.get() - (int) changes.values().stream().filter(Change::gone).count();
    }

    /** Returns the position after the last record. */
    public int end() {
        return next.get();
    }

    /** Returns what the credential may see of the module. */
    public Access access() {
        return access;
    }

    /** Returns which fields have another type than their own. */
    public Retyping retyping() {
        return retyping;
    }

    /** Returns the raw value of a record's field as lists and queries show it. */
    public Object shown(Row row, String field) {
        return access.nulls(field) ? null : retyping.value(field, row.get(field));
    }

    /** Delays the visibility of each later change by that many seconds; it keeps the time at which it was made. */
    public synchronized void lateBy(long seconds) {
        lateBy = seconds;
    }

    /** Limits later queries to that many rows, whatever their limit; the reply says that more follow. */
    public void queryMost(int rows) {
        queryMost = rows;
    }

    /** Returns how many rows a query gets at most. */
    public int queryMost() {
        return queryMost;
    }

    /** Makes changes visible that are due by that time. */
    public synchronized void becomeVisible(long now) {
        if (!late.isEmpty()) {
            late.upTo(now);
        }
    }

    public synchronized Row insert(Map<String, Object> values, long now) {
        int ordinal = next.getAndIncrement();
        Row row = new Row(spec, base, ordinal, new HashMap<>(values), now);
        change(ordinal, now, () -> {
            changes.put(ordinal, new Change(new HashMap<>(values), now, false));
            order.add(Keys.of(now, ordinal));
            listener.changed(null, at(ordinal).orElseThrow());
        });
        return row;
    }

    /** Sets the given values, keeps the others, and sets Modified_Time to now; empty when the record is gone. */
    public synchronized Optional<Row> update(int ordinal, Map<String, Object> values, long now) {
        return update(ordinal, values, now, now);
    }

    /** Does the same, but leaves Modified_Time unchanged. */
    public synchronized Optional<Row> updateQuietly(int ordinal, Map<String, Object> values, long now) {
        late.of(ordinal);
        return at(ordinal).flatMap(row -> update(ordinal, values, now, row.modified()));
    }

    private Optional<Row> update(int ordinal, Map<String, Object> values, long now, long modified) {
        late.of(ordinal);
        Optional<Row> before = at(ordinal);
        if (before.isEmpty()) {
            return before;
        }
        Change old = changes.get(ordinal);
        Map<String, Object> merged = new HashMap<>(old == null ? Map.of() : old.values());
        merged.putAll(values);
        change(ordinal, now, () -> {
            changes.put(ordinal, new Change(merged, modified, false));
            order.remove(Keys.of(before.get().modified(), ordinal));
            order.add(Keys.of(modified, ordinal));
            listener.changed(before.get(), at(ordinal).orElseThrow());
        });
        return Optional.of(new Row(spec, base, ordinal, merged, modified));
    }

    /** Deletes the record and leaves a tombstone; returns false when it did not exist. */
    public synchronized boolean delete(int ordinal, long now, boolean permanent) {
        late.of(ordinal);
        Optional<Row> before = at(ordinal);
        if (before.isEmpty()) {
            return false;
        }
        Change old = changes.get(ordinal);
        change(ordinal, now, () -> {
            if (!permanent) {
                bin.put(
                        ordinal,
                        new Change(
                                old == null ? Map.of() : old.values(),
                                before.get().modified(),
                                false));
            }
            changes.put(ordinal, new Change(Map.of(), now, true));
            order.remove(Keys.of(before.get().modified(), ordinal));
            tombstone(new Deletion(
                    before.get().id(), permanent ? null : before.get().name(), now, permanent));
            listener.changed(before.get(), null);
        });
        return true;
    }

    /**
     * Restores a deleted record from the recycle bin, which then no longer lists it.
     *
     * @param modified its new Modified_Time; empty for the one that it had
     * @return false when it is not in the bin
     */
    public synchronized boolean restore(long id, OptionalLong modified) {
        int ordinal = spec.ordinal(id);
        Change was = bin.remove(ordinal);
        if (was == null) {
            return false;
        }
        long time = modified.orElse(was.modified());
        changes.put(ordinal, new Change(was.values(), time, false));
        order.add(Keys.of(time, ordinal));
        deletions.removeIf(deletion -> deletion.id() == id);
        listener.changed(null, at(ordinal).orElseThrow());
        return true;
    }

    private void change(int ordinal, long now, Runnable change) {
        if (lateBy == 0) {
            change.run();
        } else {
            late.add(now + lateBy, ordinal, change);
        }
    }

    void tombstone(Deletion deletion) {
        deletions.add(deletion);
    }

    /** Returns the deletions, newest first. */
    public List<Deletion> deletions() {
        List<Deletion> newestFirst = new ArrayList<>(deletions);
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
