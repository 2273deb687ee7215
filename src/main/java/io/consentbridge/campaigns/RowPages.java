package io.consentbridge.campaigns;

import io.consentbridge.zoho.PagedIterator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Iterates over rows that Campaigns returns from a position on. The number of rows in a page is not documented, and may be
 * smaller than requested: the next page begins after the rows received, and the iteration ends when there are none
 * (docs/zoho-notes.md, "Campaigns: paging").
 */
final class RowPages {

    private RowPages() {}

    /**
     * @param subject who sends what, for the message of a fault
     * @param fetch reads the rows after a number of them
     */
    static <T> Iterator<T> over(String subject, LongFunction<List<T>> fetch) {
        AtomicLong read = new AtomicLong();
        return new PagedIterator<>(subject, page -> {
            List<T> rows = fetch.apply(read.get());
            read.addAndGet(rows.size());
            return new PagedIterator.Page<>(rows, !rows.isEmpty());
        });
    }
}
