package io.consentbridge.sandbox.crm.store;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which addresses belong to a record that currently says Email_Opt_Out. Addresses are compared trimmed and without
 * case.
 */
public final class OptOuts implements ModuleStore.Listener {

    private final Map<String, Integer> records = new ConcurrentHashMap<>();

    public boolean contains(String email) {
        return records.containsKey(key(email));
    }

    public int size() {
        return records.size();
    }

    @Override
    public void changed(Row before, Row after) {
        if (before != null && before.is("Email_Opt_Out")) {
            count(before.text("Email"), -1);
        }
        if (after != null && after.is("Email_Opt_Out")) {
            count(after.text("Email"), 1);
        }
    }

    void learn(ModuleStore store) {
        if (!store.spec().has("Email_Opt_Out")) {
            return;
        }
        for (Row row : store.byId(0, true)) {
            changed(null, row);
        }
    }

    private void count(String email, int by) {
        if (email != null && !email.isBlank()) {
            records.merge(key(email), by, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    private static String key(String email) {
        return email.trim().toLowerCase(Locale.ROOT);
    }
}
