package io.consentbridge.campaigns;

import java.util.List;

/**
 * What the names of topics led to.
 *
 * @param ids ids of those found, in the order of the names
 * @param missing names that no topic has
 */
public record TopicIds(List<String> ids, List<String> missing) {

    public TopicIds {
        ids = List.copyOf(ids);
        missing = List.copyOf(missing);
    }
}
