package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.DataType;
import java.util.Locale;

/** A pattern with {@code %} at its start, its end, or both; ignores case. */
record Like(String text, boolean open, boolean endless) {

    static Like of(Condition.Test test, DataType type) {
        if (type.number() || type == DataType.BOOLEAN || type == DataType.DATE || type == DataType.DATETIME) {
            throw CoqlError.value(test.column(), "like", "operator not supported for " + type.api());
        }
        String pattern = test.values().get(0).toLowerCase(Locale.ROOT);
        boolean open = pattern.startsWith("%");
        boolean endless = pattern.length() > 1 && pattern.endsWith("%");
        String text = pattern.substring(open ? 1 : 0, pattern.length() - (endless ? 1 : 0));
        return new Like(text, open, endless);
    }

    boolean matches(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (open && endless) {
            return lower.contains(text);
        }
        if (open) {
            return lower.endsWith(text);
        }
        return endless ? lower.startsWith(text) : lower.equals(text);
    }
}
