package io.consentbridge.outbox;

import java.util.List;

/** Says that a person was to be subscribed with topics that Campaigns does not have; nothing was sent. */
final class MissingTopics extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingTopics(List<String> names) {
        super("Campaigns has no topic " + String.join(", ", names)
                + ". Create it there, or remove it from the purpose");
    }
}
