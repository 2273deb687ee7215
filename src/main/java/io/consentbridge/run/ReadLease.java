package io.consentbridge.run;

import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How this process holds the lease of the runs that it reads: each page renews the lease.
 *
 * @param counter counts the calls that the process makes for each run
 * @param node names the process
 * @param length how long the lease lasts after each page
 * @param stopping whether the process is about to end, so that no further page may be begun
 */
public record ReadLease(CallCounter counter, String node, Duration length, BooleanSupplier stopping) {

    /** The calls that were made for the run since the last call of this method. */
    public Calls calls(String runId) {
        return counter.drain(runId);
    }
}
