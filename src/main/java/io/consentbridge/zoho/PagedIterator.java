package io.consentbridge.zoho;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * A lazy iterator over the rows of numbered pages. It remembers its failure and throws it again instead of repeating the
 * call. The other side does not decide when it ends: a page that brings nothing new although more is announced, and too many
 * pages, are faults. Not safe for several threads.
 */
public final class PagedIterator<T> implements Iterator<T> {

    /** A million rows at 200 a page: more than any organisation has, and a bound where pages never end. */
    private static final int MOST_PAGES = 5000;

    private final IntFunction<Page<T>> fetch;
    private final PageWatch watch;
    private Iterator<T> rows = Collections.emptyIterator();
    private int pages;
    private boolean more = true;
    private RuntimeException failure;

    /**
     * @param subject who sends what, for the message of a fault, such as "main: Zoho CRM gives the deletions of Leads"
     * @param fetch reads the page with a number, counted from 1
     */
    public PagedIterator(String subject, IntFunction<Page<T>> fetch) {
        this.fetch = fetch;
        this.watch = new PageWatch(subject, MOST_PAGES);
    }

    /**
     * One page.
     *
     * @param rows the rows; their equality tells a repeated page
     * @param more whether the other side says, or the page suggests, that another one follows
     */
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
            if (page.more()) {
                watch.next(page.rows());
            }
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
