package io.consentbridge.run;

import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** A walk over pages of which no further one is begun when the process is about to end. */
final class UntilStopped<T> implements Iterator<T> {

    private final Iterator<T> pages;
    private final BooleanSupplier stopping;

    UntilStopped(Iterator<T> pages, BooleanSupplier stopping) {
        this.pages = pages;
        this.stopping = stopping;
    }

    @Override
    public boolean hasNext() {
        return pages.hasNext();
    }

    /** @throws ReadingStopped when the process is about to end */
    @Override
    public T next() {
        if (stopping.getAsBoolean()) {
            throw new ReadingStopped();
        }
        return pages.next();
    }
}
