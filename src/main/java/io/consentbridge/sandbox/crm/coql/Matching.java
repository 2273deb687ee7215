package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.store.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** The records of a sequence that fulfil a condition. */
final class Matching implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Predicate<Row> accepts;
    private Row next;

    Matching(Iterator<Row> rows, Predicate<Row> accepts) {
        this.rows = rows;
        this.accepts = accepts;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            Row row = rows.next();
            next = accepts.test(row) ? row : null;
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
