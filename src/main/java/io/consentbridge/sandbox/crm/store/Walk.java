package io.consentbridge.sandbox.crm.store;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.IntFunction;

/** Iterates over the records at a sequence of positions, without those that are gone. */
final class Walk implements Iterator<Row> {

    private final PrimitiveIterator.OfInt positions;
    private final IntFunction<Optional<Row>> rows;
    private Row next;

    Walk(PrimitiveIterator.OfInt positions, IntFunction<Optional<Row>> rows) {
        this.positions = positions;
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        while (next == null && positions.hasNext()) {
            next = rows.apply(positions.nextInt()).orElse(null);
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row given = next;
        next = null;
        return given;
    }
}
