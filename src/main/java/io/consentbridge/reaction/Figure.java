package io.consentbridge.reaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What Campaigns counts about a sent campaign (B151), by the words of files and screens. */
public enum Figure {
    SENT("the mails that were sent"),
    DELIVERED("the mails that the receiving servers took"),
    OPENED("the people who opened the mail, as far as pictures are loaded"),
    UNOPENED("the people of whom no opening is known"),
    CLICKED("the people who clicked a link"),
    HARD_BOUNCES("the addresses that do not exist or refuse mail for good"),
    SOFT_BOUNCES("the addresses that could not take the mail for the time being"),
    UNSENT("the recipients to whom Campaigns did not send"),
    UNSUBSCRIBED("the people who unsubscribed by a link of the mail"),
    SPAM("the people who marked the mail as spam"),
    COMPLAINTS("the complaints that reached Campaigns"),
    FORWARDED("how often the mail was forwarded by a link of the mail"),
    AUTO_REPLIED("the answers of machines, such as out-of-office notes");

    private final String meaning;

    Figure(String meaning) {
        this.meaning = meaning;
    }

    /** The word of files and screens, such as {@code hard-bounces}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the number means, in words for people. */
    public String meaning() {
        return meaning;
    }

    /** The figure of that word; empty if there is none. */
    public static Optional<Figure> of(String word) {
        return Arrays.stream(values())
                .filter(figure -> figure.word().equals(word))
                .findFirst();
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Figure::word).toList();
    }
}
