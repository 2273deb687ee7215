package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.schema.User;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resolved column: a field of the module, or one behind up to two lookups ({@code Account_Name.Industry}).
 *
 * @param lookups the lookup fields on the way
 */
public record ColumnPath(String path, List<String> lookups, FieldSpec field, String ofUser) {

    private static final int MOST_LOOKUPS = 2;

    /** Finds a column; throws {@link CoqlError} when none has that name. */
    public static ColumnPath find(Crm crm, ModuleSpec module, String path) {
        List<String> lookups = new ArrayList<>();
        ModuleSpec spec = module;
        String rest = path;
        int dot;
        while ((dot = rest.indexOf('.')) > 0) {
            FieldSpec lookup = spec.field(rest.substring(0, dot));
            rest = rest.substring(dot + 1);
            if (lookup != null && lookup.type() == DataType.OWNER && rest.matches("id|email|full_name|last_name")) {
                return new ColumnPath(path, List.copyOf(lookups), lookup, rest);
            }
            if (lookup == null || lookup.target() == null || lookups.size() == MOST_LOOKUPS) {
                throw CoqlError.column(path);
            }
            lookups.add(lookup.apiName());
            spec = crm.module(lookup.target()).orElseThrow().spec();
        }
        ModuleStore store = crm.module(spec.apiName()).orElseThrow();
        FieldSpec field = store.retyping().of(spec.field(rest));
        if (field == null || !store.access().knows(rest)) {
            throw CoqlError.column(path);
        }
        return new ColumnPath(path, List.copyOf(lookups), field, null);
    }

    /** Returns the raw value in a record, null where a lookup on the way is empty. */
    public Object value(Crm crm, Row row) {
        Row at = row;
        for (String lookup : lookups) {
            Optional<Row> behind = crm.follow(at, lookup);
            if (behind.isEmpty()) {
                return null;
            }
            at = behind.get();
        }
        Object value = crm.module(at.spec().apiName()).orElseThrow().shown(at, field.apiName());
        if (ofUser != null && value instanceof User user) {
            return switch (ofUser) {
                case "id" -> user.id();
                case "email" -> user.email();
                default -> user.name();
            };
        }
        return value;
    }

    DataType type() {
        if (ofUser != null) {
            return ofUser.equals("id") ? DataType.BIGINT : DataType.TEXT;
        }
        return field.type();
    }
}
