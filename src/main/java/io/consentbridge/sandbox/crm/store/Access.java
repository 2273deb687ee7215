package io.consentbridge.sandbox.crm.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows what the profile of the credential's user hides from it in one module (docs/zoho-notes.md, "CRM: scopes" and "CRM:
 * fields").
 */
public final class Access {

    /** How a field is hidden. Zoho's documents do not say which way applies (docs/zoho-notes.md, "CRM: fields"). */
    public enum Hiding {
        /** The metadata do not list the field, and a query that names it is refused. */
        WHOLLY,
        /** The metadata list the field, a query may name it, and no record has it. */
        IN_RECORDS,
        /** The metadata say that privacy settings restrict it, and records have null instead. */
        BY_PRIVACY,
        /** The same through the settings for health data. */
        BY_HIPAA,
        /** Records have null instead, and the metadata do not say why. */
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

    /** Returns whether metadata and queries know the field. */
    public boolean knows(String field) {
        return hidden.get(field) != Hiding.WHOLLY;
    }

    /** Returns whether records have the field, even without a value. */
    public boolean gives(String field) {
        return !hidden.containsKey(field) || hidden.get(field).nulls();
    }

    /** Returns whether the field has no value in any record, for lists and queries. */
    public boolean nulls(String field) {
        return hidden.containsKey(field) && hidden.get(field).nulls();
    }

    /** Returns whether the metadata say that these settings restrict the field. */
    public boolean restricts(String field, Hiding how) {
        return hidden.get(field) == how;
    }
}
