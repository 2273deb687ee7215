package io.consentbridge.run;

import io.consentbridge.zoho.Failures;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** A walk over pages of which no further one is begun when reading has to stop: the process ends, or pauses. */
public final class StoppableIterator<T> implements Iterator<T> {

    private final Iterator<T> pages;
    private final BooleanSupplier stopping;
    private boolean stopped;

    public StoppableIterator(Iterator<T> pages, BooleanSupplier stopping) {
        this.pages = Failures.guarded(pages);
        this.stopping = stopping;
    }

    /** The caller asks once more after the walk was stopped, to clear up; then there is nothing. */
    @Override
    public boolean hasNext() {
        return !stopped && pages.hasNext();
    }

    /** @throws ReadingStopped when reading has to stop */
    @Override
    public T next() {
        if (stopping.getAsBoolean()) {
            stopped = true;
            throw new ReadingStopped();
        }
        return pages.next();
    }
}
