package io.consentbridge.run;

import io.consentbridge.store.Database;
import java.time.InstantSource;

/** Forgets old runs. The consent ledger and dead letters stay. */
public final class History {

    public History(Database database, InstantSource clock) {}

    /**
     * Forgets runs that ended longer ago than that, with their records; the last completed run of each sync stays.
     *
     * @param keepDays 31 or more, because the monthly limits count runs
     * @return how many runs were forgotten
     */
    public int prune(int keepDays) {
        throw new UnsupportedOperationException();
    }
}
