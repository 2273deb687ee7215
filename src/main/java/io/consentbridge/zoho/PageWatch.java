package io.consentbridge.zoho;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees to it that a reading of pages ends: a page after which more is to follow has to bring something, and something else
 * than any page before it. Keeps a number for each page. Not for several threads.
 */
public final class PageWatch {

    private final String subject;
    private final int mostPages;
    private final Set<Long> seen = new HashSet<>();

    /**
     * @param subject who gives what, for the message of a fault
     * @param mostPages more than that are taken for pages without end
     */
    public PageWatch(String subject, int mostPages) {
        this.subject = subject;
        this.mostPages = mostPages;
    }

    /**
     * A page came, and another is to follow.
     *
     * @param rows what it brought, or what tells it from the others
     * @throws ZohoFault.PageLost when it is empty, came before, or is one too many
     */
    public void next(Collection<?> rows) {
        if (rows.isEmpty()) {
            throw new ZohoFault.PageLost(subject + ": an empty page, and says that more follows; reading cannot go on");
        }
        if (!seen.add(mark(rows))) {
            throw new ZohoFault.PageLost(subject + ": the same page again after " + seen.size()
                    + ", and says that more follows; reading cannot go on");
        }
        if (seen.size() >= mostPages) {
            throw new ZohoFault.PageLost(
                    subject + ": more than " + mostPages + " pages, and says that more follows; reading is given up");
        }
    }

    /** The same for the same rows in any order. */
    private static long mark(Collection<?> rows) {
        long mark = rows.size();
        for (Object row : rows) {
            long bits = row.hashCode() * 0x9E3779B97F4A7C15L;
            mark += (bits ^ bits >>> 29) * 0xBF58476D1CE4E5B9L;
        }
        return mark;
    }
}
