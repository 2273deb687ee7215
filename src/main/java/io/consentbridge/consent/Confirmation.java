package io.consentbridge.consent;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a purpose asks people for their consent, and what follows from it (docs/consent.md, "Asking for consent").
 *
 * @param via by which way people are asked
 * @param from the sender of the mail; empty with {@link Via#ZOHO}
 * @param subject the subject of the mail; empty with {@link Via#ZOHO}
 * @param template the template of the mail without its ending, relative to the configuration folder; empty with {@link
 *     Via#ZOHO}
 * @param expires how long a person may answer
 * @param reminder how long after the mail one reminder follows; empty for none
 * @param askAgain the time in which a person is asked once at most
 * @param ground why people may be asked; empty if nobody may be
 * @param proof what is written into which CRM field after a confirmation, by API name of the field
 * @param onConfirmed the workflow of Campaigns that is started after a confirmation
 */
public record Confirmation(
        Via via,
        Optional<Sender> from,
        Optional<String> subject,
        Optional<String> template,
        Duration expires,
        Optional<Duration> reminder,
        Duration askAgain,
        Optional<Ground> ground,
        Map<String, Proof> proof,
        Optional<Workflow> onConfirmed) {

    public static final Duration EXPIRES = Duration.ofDays(14);
    public static final Duration ASK_AGAIN = Duration.ofDays(90);

    /** What the key confirmationList alone means: people are asked by that list, and nobody may be for want of a ground. */
    public static final Confirmation BY_LIST = new Confirmation(
            Via.ZOHO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            EXPIRES,
            Optional.empty(),
            ASK_AGAIN,
            Optional.empty(),
            Map.of(),
            Optional.empty());

    public Confirmation {
        proof = Collections.unmodifiableMap(new LinkedHashMap<>(proof));
    }

    /** By which way people are asked. */
    public enum Via {
        /** A mail of the product with a link to its page. */
        MAIL,
        /** A list of Campaigns with a public sign-up form, which sends the mail. */
        ZOHO;

        /** The word in files and in the database. */
        public String word() {
            return this == MAIL ? "mail" : "zoho";
        }
    }

    /** The sender of a mail. */
    public record Sender(String name, String address) {}

    /** A workflow of Campaigns and its trigger. */
    public record Workflow(String workflow, String trigger) {}

    /** What a CRM field receives after a confirmation. */
    public enum Proof {
        /** When the person confirmed. */
        TIME("time"),
        /** The day on which the person confirmed. */
        DATE("date"),
        /** The version of the wording. */
        STATEMENT_VERSION("statement-version"),
        /** The wording itself. */
        STATEMENT("statement"),
        /** The name of the purpose. */
        PURPOSE("purpose"),
        /** The last day on which the consent is valid; nothing if it does not end. */
        VALID_TO("valid-to");

        private final String word;

        Proof(String word) {
            this.word = word;
        }

        /** The word in files. */
        public String word() {
            return word;
        }
    }
}
