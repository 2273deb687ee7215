package io.consentbridge.runtime;

import io.consentbridge.store.DatabaseFault;
import io.consentbridge.zoho.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Does the work of timers and of threads that continue: a failure is logged, and the next turn tries again. */
final class Quietly {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

    private Quietly() {}

    /** @param what the name of the work in the log */
    static void run(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            // This catches everything, because a timer whose work throws never fires again.
            LOG.atLevel(DatabaseFault.away(failure) ? Level.DEBUG : Level.ERROR)
                    .log("{} failed and is retried: {}", what, Failures.text(failure));
        }
    }
}
