package io.consentbridge.campaigns;

import io.consentbridge.zoho.PageWatch;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads people in pages and notices if rows move up meanwhile, because one of those already read goes: the rows at the boundary
 * would be on no page. Each page begins with the last row of the previous page; if there is another row, the reading is
 * repeated. The number of people proves nothing: equal counts are not the same people.
 *
 * <p>Like {@link ScannedPages} it continues after the rows received, and ends only at an empty page.
 */
final class SteadyPages<T> {

    private static final int MOST_PAGES = 10_000;
    private static final int MOST_WALKS = 3;

    private final String subject;
    private final PageFetch<T> fetch;
    private final Function<T, ?> identity;
    private final Consumer<List<T>> reader;
    private final OptionalLong counted;

    /**
     * @param subject who sends what, for the message of a fault
     * @param identity by what a row is recognised
     * @param reader gets each page; after rows have moved it gets the same people again
     */
    SteadyPages(String subject, PageFetch<T> fetch, Function<T, ?> identity, Consumer<List<T>> reader) {
        this(subject, fetch, identity, reader, OptionalLong.empty());
    }

    /** @param counted how many people there are by another answer of Zoho; it saves the call that asks for the end */
    SteadyPages(
            String subject,
            PageFetch<T> fetch,
            Function<T, ?> identity,
            Consumer<List<T>> reader,
            OptionalLong counted) {
        this.subject = subject;
        this.fetch = fetch;
        this.identity = identity;
        this.reader = reader;
        this.counted = counted;
    }

    /**
     * Reads all pages and returns the number of people that were read to the end.
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
        List<T> before = fetch.page(1, PageFetch.SIZE);
        if (before.isEmpty()) {
            return OptionalLong.of(0);
        }
        long read = take(watch, before);
        long next = 1 + before.size();
        boolean shortPages = false;
        while (true) {
            if (before.size() < PageFetch.SIZE && counted.isPresent() && read == counted.getAsLong()) {
                return OptionalLong.of(read);
            }
            if (before.size() < PageFetch.SIZE && !shortPages) {
                // Mostly that was all.
                if (fetch.page(next, PageFetch.SIZE).isEmpty()) {
                    return OptionalLong.of(read);
                }
                shortPages = true;
            }
            List<T> page = fetch.page(next - 1, PageFetch.SIZE);
            Set<Object> known = before.stream().map(identity).collect(Collectors.toSet());
            if (page.isEmpty() || !known.contains(identity.apply(page.get(0)))) {
                return OptionalLong.empty();
            }
            List<T> news = page.stream()
                    .filter(row -> !known.contains(identity.apply(row)))
                    .toList();
            if (news.isEmpty()) {
                page = fetch.page(next, PageFetch.SIZE);
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

    private int take(PageWatch watch, List<T> rows) {
        watch.next(rows.stream().map(identity).toList());
        reader.accept(rows);
        return rows.size();
    }
}
