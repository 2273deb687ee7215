package io.consentbridge.reaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a recipient reacted to a campaign, the weakest reaction first. */
public enum Reaction {
    SENT,
    OPENED,
    CLICKED;

    /** The word of files and screens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reaction of that word, whatever its case; empty if there is none. */
    public static Optional<Reaction> of(String word) {
        return Arrays.stream(values())
                .filter(reaction -> reaction.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Reaction::word).toList();
    }
}
