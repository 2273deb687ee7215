package io.consentbridge.zoho;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends calling when the process ends: no further call begins, and pauses before a further try end at once. Calls under way
 * finish, unless they are given up. Safe for many threads.
 */
public final class CallStop {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<CallDeadline> underWay = ConcurrentHashMap.newKeySet();

    /** Lets no further call begin. */
    public void stop() {
        stopped.countDown();
    }

    /** Gives up the calls under way; Zoho may have received them. */
    public void giveUp() {
        stop();
        underWay.forEach(CallDeadline::pass);
    }

    /** Whether no further call may begin. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits that long, or until calling ends. */
    void pause(Duration time) {
        try {
            stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws ZohoFault.Stopped when no call may begin any more */
    void check(Connection connection, String method) {
        if (isStopped()) {
            throw new ZohoFault.Stopped(
                    connection.name() + ": this process is ending, so " + method + " is not" + " called");
        }
    }

    void begins(CallDeadline call) {
        underWay.add(call);
    }

    void ends(CallDeadline call) {
        underWay.remove(call);
    }
}
