package io.consentbridge.run;

import io.consentbridge.zoho.Failures;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** An iterator over pages that begins no further page when reading has to stop, because the process ends or pauses. */
public final class StoppableIterator<T> implements Iterator<T> {

    private final Iterator<T> pages;
    private final BooleanSupplier stopping;
    private boolean stopped;

    public StoppableIterator(Iterator<T> pages, BooleanSupplier stopping) {
        this.pages = Failures.guarded(pages);
        this.stopping = stopping;
    }

    /** Returns false after a stop: the caller asks once more, to clean up. */
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
