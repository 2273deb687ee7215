package io.consentbridge.ledger;

import java.util.Arrays;
import java.util.Locale;

/** What can happen to a consent, or to the ledger itself. */
public enum EventKind {

    /** The person consented. */
    GIVEN,
    /** A request for consent is to be sent. */
    REQUESTED,
    /** The request was sent. */
    SENT,
    /** The request could not be delivered to the mailbox. */
    BOUNCED,
    /** The person answered a request with no. */
    REFUSED,
    /** A consent or a request has ended by time. */
    EXPIRED,
    /** The person took a consent back. */
    WITHDRAWN,
    /** The person must not be mailed. */
    SUPPRESSED,
    /** A manual suppression was lifted. */
    RELEASED,
    /** The consent table lets a purpose deliver that rests on another basis than consent. */
    ALLOWED,
    /** A delivery put the person on a list. */
    DELIVERED,
    /** The person is not mailed for now. */
    WITHHELD,
    /** Everything that is held about the person was exported. */
    EXPORTED,
    /** The person was erased. */
    ERASED,
    /** Personal data was shown to an operator. */
    UNMASKED,
    /** A decision that was recorded before the ledger was protected. */
    IMPORTED,
    /** An operator ended an alarm about the ledger. */
    ACKNOWLEDGED,
    /** The master key was replaced. */
    ROTATED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in tables and leaves. */
    public String word() {
        return word;
    }

    /**
     * The kind of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EventKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event is called " + word));
    }
}
