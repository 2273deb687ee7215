package io.consentbridge.sandbox.crm.store;

/** The records that a module has at the start, computed on demand so that a million of them take no memory. */
public interface RowSource {

    int size();

    /** Returns the raw value of a field, null when it is empty; the same each time. */
    Object value(int ordinal, String field);

    /** Returns Modified_Time in seconds of the epoch. */
    long modified(int ordinal);
}
