package io.consentbridge.sandbox.crm.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntPredicate;

/**
 * The order of (Modified_Time, id). The generated records are in one sorted array that never changes; records changed since
 * are in a skip list, and their positions in the array are ignored.
 */
final class TimeOrder {

    private final long[] base;
    private final ConcurrentSkipListSet<Long> moved = new ConcurrentSkipListSet<>();
    private final IntPredicate changed;

    TimeOrder(RowSource rows, IntPredicate changed) {
        this.changed = changed;
        base = new long[rows.size()];
        for (int i = 0; i < base.length; i++) {
            base[i] = Keys.of(rows.modified(i), i);
        }
        Arrays.parallelSort(base);
    }

    void add(long key) {
        moved.add(key);
    }

    void remove(long key) {
        moved.remove(key);
    }

    int count(long lowest, long highest) {
        int inBase = position(highest == Keys.HIGHEST ? highest : highest + 1) - position(lowest);
        return Math.max(0, inBase)
                + (moved.isEmpty()
                        ? 0
                        : moved.subSet(lowest, true, highest, true).size());
    }

    PrimitiveIterator.OfInt walk(long lowest, long highest, boolean ascending) {
        if (lowest > highest) {
            return new IdWalk(0, true, 0);
        }
        var later = moved.subSet(lowest, true, highest, true);
        Iterator<Long> second = ascending ? later.iterator() : later.descendingIterator();
        int low = position(lowest);
        int high = highest == Keys.HIGHEST ? base.length : position(highest + 1);
        return new Merge(low, high, ascending, second);
    }

    /** Returns the first position in the array that is not below the key. */
    private int position(long key) {
        int found = Arrays.binarySearch(base, key);
        return found >= 0 ? found : -found - 1;
    }

    private final class Merge implements PrimitiveIterator.OfInt {

        private final int low;
        private final int high;
        private final boolean ascending;
        private final Iterator<Long> second;
        private int at;
        private Long waiting;

        Merge(int low, int high, boolean ascending, Iterator<Long> second) {
            this.low = low;
            this.high = high;
            this.ascending = ascending;
            this.second = second;
            this.at = ascending ? low : high - 1;
            advanceSecond();
        }

        @Override
        public boolean hasNext() {
            while (inBase() && changed.test(Keys.ordinal(base[at]))) {
                at += ascending ? 1 : -1;
            }
            return inBase() || waiting != null;
        }

        @Override
        public int nextInt() {
            hasNext();
            boolean fromBase = inBase() && (waiting == null || (base[at] < waiting) == ascending);
            if (fromBase) {
                int ordinal = Keys.ordinal(base[at]);
                at += ascending ? 1 : -1;
                return ordinal;
            }
            int ordinal = Keys.ordinal(waiting);
            advanceSecond();
            return ordinal;
        }

        private boolean inBase() {
            return ascending ? at < high : at >= low;
        }

        private void advanceSecond() {
            waiting = second.hasNext() ? second.next() : null;
        }
    }
}
