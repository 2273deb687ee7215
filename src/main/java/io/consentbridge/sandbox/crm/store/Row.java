package io.consentbridge.sandbox.crm.store;

import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import java.time.Instant;
import java.util.Map;

/** A record as it was at one moment. Values are computed on demand. */
public final class Row {

    private final ModuleSpec spec;
    private final RowSource base;
    private final int ordinal;
    private final Map<String, Object> changed;
    private final long modified;

    Row(ModuleSpec spec, RowSource base, int ordinal, Map<String, Object> changed, long modified) {
        this.spec = spec;
        this.base = base;
        this.ordinal = ordinal;
        this.changed = changed;
        this.modified = modified;
    }

    public ModuleSpec spec() {
        return spec;
    }

    public long id() {
        return spec.recordId(ordinal);
    }

    public int ordinal() {
        return ordinal;
    }

    /** Returns Modified_Time in seconds of the epoch. */
    public long modified() {
        return modified;
    }

    /** Returns the name that other records show for this one. */
    public String name() {
        return text(spec.nameField());
    }

    /**
     * Returns the raw value: text, number, boolean, {@code Instant}, {@code LocalDate}, {@code Ref}, {@code User} or null.
     */
    public Object get(String field) {
        if (field.equals("id")) {
            return id();
        }
        if (field.equals("Modified_Time")) {
            return Instant.ofEpochSecond(modified);
        }
        if (changed.containsKey(field)) {
            return changed.get(field);
        }
        return ordinal < base.size() ? base.value(ordinal, field) : null;
    }

    public String text(String field) {
        Object value = get(field);
        return value == null ? null : value.toString();
    }

    public boolean is(String field) {
        return Boolean.TRUE.equals(get(field));
    }
}
