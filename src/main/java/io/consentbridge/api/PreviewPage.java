package io.consentbridge.api;

import java.util.List;

/**
 * A page of what a preview foresees, record by record.
 *
 * @param people in the order of their records, followed by lines that accompany another
 * @param next where the next page begins; null for the last page
 */
public record PreviewPage(List<PreviewLine> people, String next) {

    public PreviewPage {
        people = List.copyOf(people);
    }
}
