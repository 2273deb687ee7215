package io.consentbridge.zoho;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of this process to Zoho by the run that caused them, and notifies a listener. Safe for many threads. */
public final class CallCounter {

    private final Map<String, LongAdder[]> runs = new ConcurrentHashMap<>();
    private final CallListener listener;

    public CallCounter(CallListener listener) {
        this.listener = listener;
    }

    /**
     * Counts one call.
     *
     * @param runId the run that caused it; null when none did
     * @param result the HTTP status as text, or {@code unreachable}
     */
    void count(String runId, String connection, Api api, String method, String result, Duration took) {
        if (runId != null) {
            // In one step, so that no call is counted by what was drained already.
            runs.compute(runId, (id, counted) -> {
                LongAdder[] adders =
                        counted == null ? new LongAdder[] {new LongAdder(), new LongAdder(), new LongAdder()} : counted;
                adders[api.ordinal()].increment();
                return adders;
            });
        }
        listener.called(connection, api, method, result, took);
    }

    /** The calls counted for the run since they were last drained; the count starts again from zero. */
    public Calls drain(String runId) {
        LongAdder[] adders = runs.remove(runId);
        return adders == null ? Calls.NONE : new Calls(adders[0].sum(), adders[1].sum(), adders[2].sum());
    }
}
