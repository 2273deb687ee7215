package io.consentbridge.campaigns;

import java.util.List;

/**
 * The result of a search for topics by name.
 *
 * @param ids ids of those found, in the order of the names
 * @param missing names without a topic
 */
public record TopicIds(List<String> ids, List<String> missing) {

    public TopicIds {
        ids = List.copyOf(ids);
        missing = List.copyOf(missing);
    }
}
