package io.consentbridge.cli;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again and again, with growing pauses, until the answer will do. */
final class PollUntil {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private PollUntil() {}

    /** The first answer that will do. */
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
