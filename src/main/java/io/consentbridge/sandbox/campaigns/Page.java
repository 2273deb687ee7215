package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sort}, {@code fromindex} and {@code range}: 20 rows unless asked, 650 at most (docs/zoho-notes.md, "Campaigns:
 * members of a list").
 */
record Page(int from, int range, boolean descending) {

    private static final int USUAL = 20;
    private static final int MOST = 650;

    static Page of(Request request) {
        return of(request, USUAL, MOST);
    }

    /** Returns the page of a method with another usual and another greatest number of rows. */
    static Page of(Request request, int usual, int most) {
        return new Page(
                Math.max(1, number(request.param("fromindex"), 1)),
                Math.min(most, Math.max(1, number(request.param("range"), usual))),
                "desc".equalsIgnoreCase(request.param("sort")));
    }

    /** Returns the same page with no more rows than that. */
    Page atMost(int most) {
        return new Page(from, Math.min(range, most), descending);
    }

    <T> List<T> of(List<T> all) {
        List<T> page = new ArrayList<>();
        for (int i = from - 1; i < all.size() && page.size() < range; i++) {
            page.add(all.get(descending ? all.size() - 1 - i : i));
        }
        return page;
    }

    private static int number(String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
