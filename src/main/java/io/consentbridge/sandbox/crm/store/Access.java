package io.consentbridge.sandbox.crm.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the profile of the credential's user keeps from it in one module (CRM notes, 1.5 and 5.2). */
public final class Access {

    /** How a field is kept back. Zoho's documents do not say which of the two it is (CRM notes, 5.2). */
    public enum Hiding {
        /** The metadata do not tell of the field, and a query that names it is refused. */
        WHOLLY,
        /** The metadata tell of the field, a query may name it, and no record has it. */
        IN_RECORDS
    }

    private final Map<String, Hiding> hidden = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public void hide(String field, Hiding how) {
        hidden.put(field, how);
    }

    public void show(String field) {
        hidden.remove(field);
    }

    /** Closes the whole module to the credential, or opens it again. */
    public void close(boolean shut) {
        closed = shut;
    }

    public boolean closed() {
        return closed;
    }

    /** Whether metadata and queries know the field. */
    public boolean knows(String field) {
        return hidden.get(field) != Hiding.WHOLLY;
    }

    /** Whether records have the field. */
    public boolean gives(String field) {
        return !hidden.containsKey(field);
    }
}
