package io.consentbridge.campaigns;

import io.consentbridge.zoho.PageWatch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A lazy iterator over the members of a list. It advances by the number of rows received, since Campaigns may return fewer
 * than requested, and refuses pages that keep repeating (docs/zoho-notes.md, "Campaigns: paging"). One that repeats once is no
 * fault: where the newest members come first, one who joins meanwhile pushes another to the next position. Not safe for
 * several threads.
 *
 * <p>It stops only at an empty page: the number of rows in a page may vary, and people who left must not be missed.
 */
final class MemberPages implements Iterator<List<ListedMember>> {

    /** Clients use up to 500; one limits it to 650 (docs/zoho-notes.md, "Campaigns: members of a list"). */
    private static final int PAGE_SIZE = 500;

    /** Reads the members from a position, counted from 1. */
    @FunctionalInterface
    interface Fetch {
        List<ListedMember> page(long from, int range);
    }

    /** Five million members: more than any list has, and a bound where pages never end. */
    private static final int MOST_PAGES = 10_000;

    private static final int MOST_REPEATS = 3;

    private final Fetch fetch;
    private final PageWatch watch =
            new PageWatch("Zoho Campaigns gives the members of a list", MOST_PAGES, MOST_REPEATS);
    private long from = 1;
    private List<ListedMember> page;
    private boolean ended;
    private RuntimeException failure;

    MemberPages(Fetch fetch) {
        this.fetch = fetch;
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
        List<ListedMember> people = fetch.page(from, PAGE_SIZE);
        if (people.isEmpty()) {
            ended = true;
            return;
        }
        watch.next(people);
        from += people.size();
        page = people;
    }

    @Override
    public List<ListedMember> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<ListedMember> next = page;
        page = null;
        return next;
    }
}
