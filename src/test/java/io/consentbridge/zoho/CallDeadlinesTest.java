package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CallDeadlines: a call that takes too long")
class CallDeadlinesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A timer that runs when the test says so. */
    private record Wait(long until, Runnable what) {}

    private final List<Wait> waits = new ArrayList<>();
    private final List<String> aborted = new ArrayList<>();
    private long now = Long.MAX_VALUE - 30 * SECOND; // System.nanoTime may overflow at any moment.
    private int timers;
    private final CallDeadlines deadlines = new CallDeadlines(Duration.ofSeconds(60), () -> now, (nanos, what) -> {
        assertThat(nanos).isPositive();
        timers++;
        waits.add(new Wait(now + nanos, what));
    });

    private CallDeadline begin(String name) {
        return deadlines.begin(() -> aborted.add(name));
    }

    private void pass(int seconds) {
        now += seconds * SECOND;
        List<Wait> due = waits.stream().filter(wait -> wait.until() - now <= 0).toList();
        waits.removeAll(due);
        due.forEach(wait -> wait.what().run());
    }

    @Test
    @DisplayName("is aborted once, at its deadline")
    void aborts() {
        CallDeadline call = begin("slow");
        pass(59);
        assertThat(aborted).isEmpty();
        assertThat(call.passed()).isFalse();

        pass(1);
        assertThat(call.passed()).isTrue();
        call.pass();
        call.close();

        assertThat(aborted).containsExactly("slow");
        assertThat(call.passed()).isTrue();
    }

    @Test
    @DisplayName("is aborted at its own deadline when an earlier call ends in time")
    void ownDeadline() {
        CallDeadline early = begin("early");
        pass(40);
        begin("late");
        early.close();

        pass(20);
        assertThat(aborted).isEmpty();
        pass(39);
        assertThat(aborted).isEmpty();
        pass(1);
        assertThat(aborted).containsExactly("late");
        assertThat(early.passed()).isFalse();
    }

    @Test
    @DisplayName("is aborted although the call before it hangs on after its own deadline")
    void hanging() {
        begin("first");
        pass(10);
        begin("second");

        pass(50);
        assertThat(aborted).containsExactly("first");
        pass(10);
        assertThat(aborted).containsExactly("first", "second");
    }

    @Test
    @DisplayName("is aborted when it begins after a time without calls")
    void afterQuietTime() {
        begin("quick").close();
        pass(60);
        assertThat(waits).isEmpty();

        begin("slow");
        pass(60);
        assertThat(aborted).containsExactly("slow");
    }

    @Test
    @DisplayName("needs one timer for a minute of calls, not one for each")
    void oneTimer() {
        for (int second = 0; second < 120; second++) {
            for (int call = 0; call < 100; call++) {
                begin("quick").close();
            }
            pass(1);
        }
        assertThat(timers).isLessThanOrEqualTo(3);
        assertThat(aborted).isEmpty();
    }
}
