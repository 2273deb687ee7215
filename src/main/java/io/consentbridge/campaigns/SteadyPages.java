package io.consentbridge.campaigns;

import io.consentbridge.zoho.PageWatch;
import io.consentbridge.zoho.ZohoFault;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the members of a list and notices if rows move up meanwhile, because a member was purged or came back among those
 * already read: the rows at the boundary would be on no page. Each page begins with the last row of the previous page; if
 * there is another row, the reading is repeated. The number of members proves nothing: equal counts are not the same people.
 *
 * <p>Like {@link MemberPages} it continues after the rows received, and ends only at an empty page.
 */
final class SteadyPages {

    private static final int PAGE_SIZE = 500;
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_WALKS = 3;

    private final String subject;
    private final MemberPages.Fetch fetch;
    private final Consumer<List<ListedMember>> reader;

    /**
     * @param subject who sends what, for the message of a fault
     * @param reader gets each page; after rows have moved it gets the same people again
     */
    SteadyPages(String subject, MemberPages.Fetch fetch, Consumer<List<ListedMember>> reader) {
        this.subject = subject;
        this.fetch = fetch;
        this.reader = reader;
    }

    /**
     * Reads all pages and returns the number of members that were read to the end.
     *
     * @throws ZohoFault.PageLost if rows moved in each of several readings, or pages never end
     */
    long read() {
        for (int walk = 0; walk < MOST_WALKS; walk++) {
            OptionalLong read = walk();
            if (read.isPresent()) {
                return read.getAsLong();
            }
        }
        throw new ZohoFault.PageLost(subject + ", and the rows shifted while they were read, " + MOST_WALKS
                + " times, so a person between two pages may be missing");
    }

    private OptionalLong walk() {
        PageWatch watch = new PageWatch(subject, MOST_PAGES);
        List<ListedMember> before = fetch.page(1, PAGE_SIZE);
        if (before.isEmpty()) {
            return OptionalLong.of(0);
        }
        long read = take(watch, before);
        long next = 1 + before.size();
        boolean shortPages = false;
        while (true) {
            if (before.size() < PAGE_SIZE && !shortPages) {
                // Mostly that was all.
                if (fetch.page(next, PAGE_SIZE).isEmpty()) {
                    return OptionalLong.of(read);
                }
                shortPages = true;
            }
            List<ListedMember> page = fetch.page(next - 1, PAGE_SIZE);
            Set<ListedMember> known = new HashSet<>(before);
            if (page.isEmpty() || !known.contains(page.get(0))) {
                return OptionalLong.empty();
            }
            List<ListedMember> news =
                    page.stream().filter(row -> !known.contains(row)).toList();
            if (news.isEmpty()) {
                page = fetch.page(next, PAGE_SIZE);
                if (page.isEmpty()) {
                    return OptionalLong.of(read);
                }
                news = page;
                next += page.size();
            } else {
                next += page.size() - 1L;
            }
            read += take(watch, news);
            before = page;
        }
    }

    private int take(PageWatch watch, List<ListedMember> rows) {
        watch.next(rows);
        reader.accept(rows);
        return rows.size();
    }
}
