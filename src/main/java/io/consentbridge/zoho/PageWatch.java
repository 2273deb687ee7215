package io.consentbridge.zoho;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes sure that reading pages ends: a page that announces another one must contain rows, and other rows than each page
 * before it. Where rows that come meanwhile may push others to the next position, some repeated pages in a row are let
 * through. It keeps one number for each page. Not safe for several threads.
 */
public final class PageWatch {

    private final String subject;
    private final int mostPages;
    private final int mostRepeats;
    private final Set<Long> seen = new HashSet<>();
    private int pages;
    private int repeats;

    /**
     * @param subject who sends what, for the message of a fault
     * @param mostPages a reading with more pages than this counts as endless
     */
    public PageWatch(String subject, int mostPages) {
        this(subject, mostPages, 0);
    }

    /** @param mostRepeats how many pages in a row may bring nothing but the rows of an earlier page */
    public PageWatch(String subject, int mostPages, int mostRepeats) {
        this.subject = subject;
        this.mostPages = mostPages;
        this.mostRepeats = mostRepeats;
    }

    /**
     * Checks a page that announces another one.
     *
     * @param rows the rows of the page, or what identifies them
     * @throws ZohoFault.PageLost if it is empty, came before, or is one too many
     */
    public void next(Collection<?> rows) {
        if (rows.isEmpty()) {
            throw new ZohoFault.PageLost(
                    subject + ": an empty page but says that more records follow, so reading" + " stopped");
        }
        pages++;
        repeats = seen.add(mark(rows)) ? 0 : repeats + 1;
        if (repeats > mostRepeats) {
            throw new ZohoFault.PageLost(subject + ": the same page again after " + (pages - 1)
                    + " but says that more records follow, so reading stopped");
        }
        if (pages >= mostPages) {
            throw new ZohoFault.PageLost(subject + ": more than " + mostPages
                    + " pages but says that more records follow, so reading" + " stopped");
        }
    }

    /** The same number for the same rows in any order. */
    private static long mark(Collection<?> rows) {
        long mark = rows.size();
        for (Object row : rows) {
            long bits = row.hashCode() * 0x9E3779B97F4A7C15L;
            mark += (bits ^ bits >>> 29) * 0xBF58476D1CE4E5B9L;
        }
        return mark;
    }
}
