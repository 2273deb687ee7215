package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guarded walk. */
class FailuresTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("ends after a failure, so that the failed request is not repeated when Camel cleans up")
    void over(boolean atNext) {
        AtomicInteger asked = new AtomicInteger();
        Iterator<String> walk = Failures.guarded(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return atNext || ask() != null;
            }

            @Override
            public String next() {
                return ask();
            }

            private String ask() {
                asked.incrementAndGet();
                throw new ZohoFault.Transient("no answer", null);
            }
        });

        assertThat(catchThrowable(() -> {
                    if (walk.hasNext()) {
                        walk.next();
                    }
                }))
                .isInstanceOf(ZohoFault.Transient.class);

        assertThat(walk.hasNext()).isFalse();
        assertThat(asked.get()).isOne();
    }
}
