package io.consentbridge.sandbox.campaigns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Zoho's documents leave open about campaigns. Each point is a switch of the control API with its possible values; the
 * first one, or the number, is what the sandbox does from the start ({@code docs/sandbox.md} says what each means).
 */
public enum OpenPoint {
    /** When Zoho reviews a campaign: never, before it may be sent, or after it was sent by the API. */
    REVIEW("review", "none", "before", "after"),
    /** How long a review takes; null until a user decides it by the control API. */
    REVIEW_TAKES("reviewTakes", Kind.DURATION, null),
    /** Which change counts as "recipients changed after review" (6608). */
    RECIPIENTS_CHANGED("recipientsChanged", "joined", "lists", "members"),
    /** How long the mails of a campaign take to leave. */
    SENDING_TAKES("sendingTakes", Kind.DURATION, "PT1M"),
    /** The answer to a second send while the first one is under way. */
    SECOND_SEND("secondSend", "6600", "6605", "accepted"),
    /** What sending to lists with nobody for the topic does. */
    NOBODY("nobody", "sent", "refused"),
    /** What the lists of {@code list_details} hold: ids of segments, or that of the topic. */
    LIST_DETAILS("listDetails", "segments", "topics"),
    /** What creating a campaign of an unverified sender gives. */
    UNVERIFIED_SENDER("unverifiedSender", "6610", "500", "accepted"),
    /** What creating a campaign without a topic gives. */
    WITHOUT_TOPIC("withoutTopic", "903", "accepted"),
    /** Whether content is imported from its URL; those of more than 150 characters are suspected to be lost. */
    IMPORT("import", "works", "fails", "long-fails", "refused"),
    /** How long after the creation the content is fetched. */
    IMPORT_AFTER("importAfter", Kind.DURATION, "PT0S"),
    /** What the import does about a redirect: follow it, refuse the campaign, or leave it without content. */
    REDIRECTS("redirects", "followed", "refused", "silent"),
    /** Whether a clone has the lists and the topic of its original. */
    CLONE("clone", "keeps", "forgets"),
    /** Whether the reply to a clone has its key. */
    CLONE_KEY("cloneKey", "untold", "told"),
    /** How far an unsubscription by the link of a campaign reaches. */
    UNSUBSCRIBES("unsubscribes", "everywhere", "lists"),
    /** Who is among the unsent: all others of the list, or active members without the topic alone. */
    UNSENT("unsent", "all", "topic"),
    /** How a reply says that there is no value. */
    ABSENT("absent", "null", "empty", "missing"),
    /** How counts are written; {@code null} and {@code empty} for a count of nothing. */
    NUMBERS("numbers", "plain", "grouped", "null", "empty"),
    /** The names of first and last name in the rows of recipients. */
    NAMES("names", "contactfn", "firstname"),
    /** The times of opens and clicks in the rows of recipients. */
    TIMELINE("timeline", "minutes", "seconds", "none"),
    /** Whether the rows of bounces and opt-outs have a time; it was seen in XML alone. */
    EVENT_TIMES("eventTimes", "told", "untold"),
    /** How the states but Draft and Sent are spelt in replies. */
    STATUS_WORDS("statusWords", "spaced", "joined"),
    /** How late a change of a campaign's state is seen in listings. */
    STATUS_LATE("statusLate", Kind.DURATION, "PT0S"),
    /** What asking for a deleted campaign gives; {@code kept} answers as before. */
    DELETED("deleted", "6001", "6503", "kept"),
    /** The order of campaigns where the call does not say. */
    CAMPAIGNS_ORDER("campaignsOrder", "newest", "oldest"),
    /** How many campaigns a call lists at most. */
    CAMPAIGNS_MOST("campaignsMost", Kind.NUMBER, "100"),
    /** The order of recipients. */
    RECIPIENTS_ORDER("recipientsOrder", "newest", "oldest", "joined", "shuffled"),
    /** How many recipients a call lists at most. */
    RECIPIENTS_MOST("recipientsMost", Kind.NUMBER, "500"),
    /** How many rows of the page before each further page of recipients repeats. */
    RECIPIENTS_REPEAT("recipientsRepeat", Kind.NUMBER, "0"),
    /** How many rows are missing before each further page of recipients, as if people had vanished meanwhile. */
    RECIPIENTS_SKIP("recipientsSkip", Kind.NUMBER, "0"),
    /** How late the numbers of reports are. */
    REPORTS_LATE("reportsLate", Kind.DURATION, "PT0S"),
    /** How late the rows of recipients are. */
    RECIPIENTS_LATE("recipientsLate", Kind.DURATION, "PT0S");

    private enum Kind {
        WORD,
        DURATION,
        NUMBER
    }

    private final String word;
    private final Kind kind;
    private final String first;
    private final List<String> words;

    OpenPoint(String word, String first, String... others) {
        this.word = word;
        this.kind = Kind.WORD;
        this.first = first;
        this.words = Stream.concat(Stream.of(first), Stream.of(others)).toList();
    }

    OpenPoint(String word, Kind kind, String first) {
        this.word = word;
        this.kind = kind;
        this.first = first;
        this.words = List.of();
    }

    /** Returns its name in the control API. */
    public String word() {
        return word;
    }

    /** Returns what holds from the start, null for no time at all. */
    public String first() {
        return first;
    }

    /** Returns the possible values, none of them for a duration or a number. */
    public List<String> words() {
        return words;
    }

    /** Returns the point of that name. */
    public static Optional<OpenPoint> named(String word) {
        return Stream.of(values()).filter(point -> point.word.equals(word)).findFirst();
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for a value that it cannot have. */
    void check(String value) {
        if (kind == Kind.WORD && !words.contains(value)) {
            throw new IllegalArgumentException("'" + word + "' is one of " + String.join(", ", words));
        }
        if (kind == Kind.DURATION && value != null) {
            Duration.parse(value);
        }
        if (kind == Kind.NUMBER && (value == null || !value.matches("\\d{1,9}"))) {
            throw new IllegalArgumentException("'" + word + "' is a number");
        }
    }
}
