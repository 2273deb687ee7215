package io.consentbridge.cli;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls, with growing pauses, until the answer is good enough. */
final class PollUntil {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private PollUntil() {}

    /** Returns the first answer that is good enough. */
    static <T> T until(Supplier<T> question, Predicate<T> enough) throws InterruptedException {
        return until(question, enough, FOR_EVER);
    }

    /** Returns the first answer that is good enough; the last one if there is none in that time. */
    static <T> T until(Supplier<T> question, Predicate<T> enough, Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        T answer = question.get();
        while (!enough.test(answer) && System.nanoTime() - begun < atMost.toNanos()) {
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3 / 2);
            answer = question.get();
        }
        return answer;
    }
}
