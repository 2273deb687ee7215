package io.consentbridge.sandbox.crm.store;

/** The records that a module starts with, worked out on demand so that a million of them take no room. */
public interface RowSource {

    int size();

    /** The raw value of a field, null when it is empty; the same each time. */
    Object value(int ordinal, String field);

    /** Modified_Time in seconds of the epoch. */
    long modified(int ordinal);
}
