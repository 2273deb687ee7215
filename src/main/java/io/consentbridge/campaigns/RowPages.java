package io.consentbridge.campaigns;

import io.consentbridge.zoho.PagedIterator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Walks over rows that Campaigns gives from a position on. How many it gives at once is documented nowhere, and may be
 * fewer than were asked for: the walk goes on behind the rows that came, and ends when none come (docs/zoho-notes.md,
 * "Campaigns: paging").
 */
final class RowPages {

    private RowPages() {}

    /**
     * @param subject who gives what, for the message of a fault
     * @param fetch brings the rows behind so many
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
