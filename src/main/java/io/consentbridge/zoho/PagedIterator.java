package io.consentbridge.zoho;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * A lazy walk over the rows of numbered pages, which remembers its failure and throws it again instead of asking again.
 * Not for several threads.
 */
public final class PagedIterator<T> implements Iterator<T> {

    private final IntFunction<Page<T>> fetch;
    private Iterator<T> rows = Collections.emptyIterator();
    private int pages;
    private boolean more = true;
    private RuntimeException failure;

    /** @param fetch brings the page of a number, counted from 1 */
    public PagedIterator(IntFunction<Page<T>> fetch) {
        this.fetch = fetch;
    }

    /** One page. */
    public record Page<T>(List<T> rows, boolean more) {}

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        while (!rows.hasNext() && more) {
            fetchNext();
        }
        return rows.hasNext();
    }

    private void fetchNext() {
        try {
            Page<T> page = fetch.apply(++pages);
            rows = page.rows().iterator();
            more = page.more();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return rows.next();
    }
}
