package io.consentbridge.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A random history.
 *
 * @param seed makes it
 * @param acts what happens, in order
 */
record History(long seed, List<Act> acts) {

    private static final int FEWEST = 6;
    private static final int MOST = 24;

    static History of(long seed) {
        Random random = new Random(seed);
        int length = FEWEST + random.nextInt(MOST - FEWEST + 1);
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            acts.add(Act.any(random));
        }
        return new History(seed, List.copyOf(acts));
    }

    /** A shorter history that goes wrong too, from which no act can be left out. */
    History shortest(Predicate<History> goesWrong) {
        History shortest = this;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int piece = Math.max(1, shortest.acts.size() / 2); piece >= 1; piece /= 2) {
                for (int at = shortest.acts.size() - piece; at >= 0; at -= piece) {
                    History without = shortest.without(at, piece);
                    if (goesWrong.test(without)) {
                        shortest = without;
                        shorter = true;
                    }
                }
            }
        }
        return shortest;
    }

    private History without(int from, int count) {
        List<Act> fewer = new ArrayList<>(acts.subList(0, from));
        fewer.addAll(acts.subList(Math.min(acts.size(), from + count), acts.size()));
        return new History(seed, List.copyOf(fewer));
    }
}
