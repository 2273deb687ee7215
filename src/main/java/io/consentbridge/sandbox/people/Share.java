package io.consentbridge.sandbox.people;

import java.util.List;

/** Values with their shares of a whole. */
final class Share<T> {

    /** A value and how many of the whole it takes. */
    record Part<T>(int size, T value) {}

    private final List<Part<T>> parts;
    private final int whole;

    private Share(List<Part<T>> parts) {
        this.parts = parts;
        this.whole = parts.stream().mapToInt(Part::size).sum();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Share<T> of(Part<T>... parts) {
        return new Share<>(List.of(parts));
    }

    static <T> Part<T> part(int size, T value) {
        return new Part<>(size, value);
    }

    T draw(Dice dice, int question) {
        int left = dice.below(question, whole);
        for (Part<T> part : parts) {
            left -= part.size();
            if (left < 0) {
                return part.value();
            }
        }
        throw new AssertionError("shares do not cover the whole");
    }
}
