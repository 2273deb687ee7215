package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls that are counted while others are drained. */
class CallCounterTest {

    private static final int CALLS = 100_000;

    @Test
    @DisplayName("No call is lost while the count is drained again and again")
    void drained() {
        CallCounter counter = new CallCounter(CallListener.NONE);
        CompletableFuture<Void> calling = CompletableFuture.runAsync(() -> {
            for (int call = 0; call < CALLS; call++) {
                counter.count("run", "main", Api.CAMPAIGNS, "json/listsubscribe", "200", Duration.ZERO);
            }
        });
        long drained = 0;
        while (!calling.isDone()) {
            drained += counter.drain("run").campaigns();
        }
        calling.join();
        assertThat(drained + counter.drain("run").campaigns()).isEqualTo(CALLS);
    }
}
