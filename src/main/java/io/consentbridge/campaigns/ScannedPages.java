package io.consentbridge.campaigns;

import io.consentbridge.zoho.PageWatch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * A lazy iterator over pages of people: the members of a list, the recipients of a campaign. It advances by the number of rows
 * received, since Campaigns may return fewer than requested, and refuses pages that keep repeating (docs/zoho-notes.md,
 * "Campaigns: paging"). One that repeats once is no fault: where the newest come first, one who joins meanwhile pushes another
 * to the next position. Not safe for several threads.
 *
 * <p>It stops only at an empty page: the number of rows in a page may vary, and nobody must be missed.
 */
final class ScannedPages<T> implements Iterator<List<T>> {

    /** Five million people: more than any list has, and a bound where pages never end. */
    private static final int MOST_PAGES = 10_000;

    private static final int MOST_REPEATS = 3;

    private final PageFetch<T> fetch;
    private final Function<T, ?> identity;
    private final PageWatch watch;
    private long from = 1;
    private List<T> page;
    private boolean ended;
    private RuntimeException failure;

    /**
     * @param subject who sends what, for the message of a fault
     * @param identity by what a row is recognised
     */
    ScannedPages(String subject, PageFetch<T> fetch, Function<T, ?> identity) {
        this.fetch = fetch;
        this.identity = identity;
        this.watch = new PageWatch(subject, MOST_PAGES, MOST_REPEATS);
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (page == null && !ended) {
            try {
                read();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return page != null;
    }

    private void read() {
        List<T> rows = fetch.page(from, PageFetch.SIZE);
        if (rows.isEmpty()) {
            ended = true;
            return;
        }
        watch.next(rows.stream().map(identity).toList());
        from += rows.size();
        page = rows;
    }

    @Override
    public List<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<T> next = page;
        page = null;
        return next;
    }
}
