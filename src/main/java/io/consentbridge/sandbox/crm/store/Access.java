package io.consentbridge.sandbox.crm.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the profile of the credential's user keeps from it in one module (docs/zoho-notes.md, "CRM: scopes" and "CRM:
 * fields").
 */
public final class Access {

    /** How a field is kept back. Zoho's documents do not say which of the two it is (docs/zoho-notes.md, "CRM: fields"). */
    public enum Hiding {
        /** The metadata do not tell of the field, and a query that names it is refused. */
        WHOLLY,
        /** The metadata tell of the field, a query may name it, and no record has it. */
        IN_RECORDS,
        /** The metadata say that privacy settings restrict it, and records have null in its place. */
        BY_PRIVACY,
        /** The same by the settings for health data. */
        BY_HIPAA,
        /** Records have null in its place, and the metadata do not say why. */
        SILENTLY;

        private boolean nulls() {
            return ordinal() >= BY_PRIVACY.ordinal();
        }
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

    /** Whether records have the field, be it without a value. */
    public boolean gives(String field) {
        return !hidden.containsKey(field) || hidden.get(field).nulls();
    }

    /** Whether the field has no value in any record, for lists and queries. */
    public boolean nulls(String field) {
        return hidden.containsKey(field) && hidden.get(field).nulls();
    }

    /** Whether the metadata say that these settings restrict the field. */
    public boolean restricts(String field, Hiding how) {
        return hidden.get(field) == how;
    }
}
