package io.consentbridge.sandbox.crm.store;

import java.util.PrimitiveIterator;

/** Iterates over positions upwards or downwards from one on, below an end. */
final class IdWalk implements PrimitiveIterator.OfInt {

    private final boolean ascending;
    private final int end;
    private int at;

    IdWalk(int from, boolean ascending, int end) {
        this.ascending = ascending;
        this.end = end;
        this.at = ascending ? Math.max(0, from) : Math.min(from, end - 1);
    }

    @Override
    public boolean hasNext() {
        return ascending ? at < end : at >= 0;
    }

    @Override
    public int nextInt() {
        return ascending ? at++ : at--;
    }
}
