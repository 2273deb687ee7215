package io.consentbridge.run;

import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How this process reads runs: each run that it reads stays its own for a while, and each page renews that.
 *
 * @param counter counts the calls that it makes for each run
 * @param node names the process
 * @param length how long a run stays its own after each page
 * @param stopping whether the process is about to end, so that no further page may be begun
 */
public record ReadLease(CallCounter counter, String node, Duration length, BooleanSupplier stopping) {

    /** The calls that were made for the run since this was asked last. */
    public Calls calls(String runId) {
        return counter.drain(runId);
    }
}
