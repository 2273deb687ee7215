package io.consentbridge.api;

import java.util.List;

/**
 * A part of what a preview foresees, record by record.
 *
 * @param people in the order of their records, then those who go along with another
 * @param next from where the next part goes on; null when this was the last
 */
public record PreviewPage(List<PreviewLine> people, String next) {

    public PreviewPage {
        people = List.copyOf(people);
    }
}
