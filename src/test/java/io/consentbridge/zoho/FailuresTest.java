package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guarded walk, and what is told of a failure. */
class FailuresTest {

    @Test
    @DisplayName(
            "a message of the product is told, and that of a library or of an own step is not, since it may quote a person")
    void told() {
        Throwable foreign = catchThrowable(() -> Integer.parseInt("Jane Doe"));
        Throwable own = new ZohoFault.Transient("no answer", foreign);

        assertThat(Failures.text(own)).isEqualTo("no answer");
        assertThat(Failures.text(new RuntimeCamelException(foreign)))
                .startsWith("NumberFormatException (")
                .doesNotContain("Doe");
        assertThat(Failures.text(new OutOfMemoryError("Java heap space")))
                .isEqualTo("OutOfMemoryError: Java heap space");
        assertThat(Failures.text(new ExecutionException(new OutOfMemoryError("unable to create native thread"))))
                .isEqualTo("OutOfMemoryError: unable to create native thread");
        assertThat(Failures.text(new IllegalStateException("the schedule was checked")))
                .isEqualTo("the schedule was checked");
        assertThat(Failures.text(new IllegalStateException(foreign))).doesNotContain("Doe");
        StringWriter trace = new StringWriter();
        Traced.of(own).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("no answer", "NumberFormatException", "FailuresTest.java")
                .doesNotContain("Doe");
    }

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
