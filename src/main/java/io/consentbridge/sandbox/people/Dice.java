package io.consentbridge.sandbox.people;

import java.util.List;

/** Repeatable random choices for one record: the same question gets the same answer each time. */
record Dice(long seed, int ordinal) {

    /** Returns a number for a question, evenly distributed. */
    long bits(int question) {
        long z = seed + ordinal * 0x9E3779B97F4A7C15L + question * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    int below(int question, int end) {
        return (int) ((bits(question) >>> 1) % end);
    }

    int perMille(int question) {
        return below(question, 1000);
    }

    <T> T pick(int question, List<T> values) {
        return values.get(below(question, values.size()));
    }

    /** Returns the value in that many of a thousand cases, otherwise null. */
    <T> T sometimes(int question, int perMille, T value) {
        return perMille(question) < perMille ? value : null;
    }
}
