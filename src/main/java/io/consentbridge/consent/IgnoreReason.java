package io.consentbridge.consent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Why a record did not reach the mailing list (B76-B83 and those that the rules of consent add). */
public enum IgnoreReason {
    BOUNCED("bounced"),
    BLOCKED("blocked"),
    DO_NOT_MAIL("do-not-mail"),
    GROUP_EMAIL("group-email"),
    FILE_DUPLICATE("file-duplicate"),
    INVALID_PATTERN("invalid-pattern"),
    EMPTY_EMAIL("empty-email"),
    OPTED_OUT("opted-out"),
    CONVERTED("converted"),
    CONSENT_WITHHELD("consent-withheld"),
    CONSENT_REQUESTED("consent-requested"),
    OTHER("other");

    private final String word;

    IgnoreReason(String word) {
        this.word = word;
    }

    /** The word used in counters, the database and screens. */
    @JsonValue
    public String word() {
        return word;
    }

    /**
     * The reason with that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static IgnoreReason of(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such reason: " + word));
    }
}
