package io.consentbridge.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Whether a refusal by another address of the same record counts for the sync of a run, within a transaction. */
final class Heeding {

    private final Handle handle;
    private final Predicate<String> ownAddressOnly;
    private final Map<String, Boolean> byRun = new HashMap<>();

    /** @param ownAddressOnly the syncs for which it does not count */
    Heeding(Handle handle, Predicate<String> ownAddressOnly) {
        this.handle = handle;
        this.ownAddressOnly = ownAddressOnly;
    }

    boolean heeds(String runId) {
        return byRun.computeIfAbsent(
                runId,
                id -> handle.createQuery("select sync from run where id = :run")
                        .bind("run", id)
                        .mapTo(String.class)
                        .findOne()
                        .filter(ownAddressOnly)
                        .isEmpty());
    }
}
