package io.consentbridge.cli;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls, with growing pauses, until the answer is good enough. */
final class PollUntil {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private PollUntil() {}

    /** Returns the first answer that is good enough. */
    static <T> T until(Supplier<T> question, Predicate<T> enough) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        T answer = question.get();
        while (!enough.test(answer)) {
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3 / 2);
            answer = question.get();
        }
        return answer;
    }
}
