package io.consentbridge.mailing;

import java.util.Arrays;
import java.util.Locale;

/** Why somebody who was chosen does not receive a campaign, in the order in which it is asked; the first one counts. */
public enum Exclusion {
    SUPPRESSED("asked for no more mail, or must not be mailed"),
    NO_CONSENT("the lawful basis of the purpose does not allow mail"),
    TOPIC_CONFLICT("is subscribed to other topics than that of the campaign"),
    INVALID("the address is missing, malformed or refused by Zoho Campaigns"),
    BOUNCED("mail to the address came back"),
    REQUIRED_FIELD_EMPTY("Zoho Campaigns misses a value that it requires"),
    NOT_YET_DELIVERED("is not on the list yet");

    private final String meaning;

    Exclusion(String meaning) {
        this.meaning = meaning;
    }

    /** The word in commands and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, about one person. */
    public String meaning() {
        return meaning;
    }

    /**
     * The exclusion with that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Exclusion of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such exclusion: " + word));
    }
}
