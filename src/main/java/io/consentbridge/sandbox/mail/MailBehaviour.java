package io.consentbridge.sandbox.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/** How the mail server treats mails; by default it takes all of them at once. */
public final class MailBehaviour {

    private volatile long slowMillis;
    private volatile Rule refuse = Rule.NOBODY;
    private volatile Rule later = Rule.NOBODY;
    private volatile Rule bounce = Rule.NOBODY;

    /**
     * Whom a rule meets, and what the server says.
     *
     * @param reply the reply of SMTP, or the status of a report
     */
    private record Rule(Pattern whom, String reply) {
        static final Rule NOBODY = new Rule(Pattern.compile("(?!)"), "");

        boolean meets(String address) {
            return whom.matcher(address).find();
        }
    }

    /** Waits so long before it answers to a recipient. */
    public void slow(long millis) {
        slowMillis = millis;
    }

    /** Refuses recipients that a regular expression finds. */
    public void refuse(String whom, String reply) {
        refuse = new Rule(Pattern.compile(whom), reply);
    }

    /** Asks to try again later with recipients that a regular expression finds. */
    public void later(String whom, String reply) {
        later = new Rule(Pattern.compile(whom), reply);
    }

    /** Takes mails to recipients that a regular expression finds, and sends a report afterwards that they came back. */
    public void bounce(String whom, String status) {
        bounce = new Rule(Pattern.compile(whom), status);
    }

    /** Ends all rules. */
    public void behave() {
        slowMillis = 0;
        refuse = Rule.NOBODY;
        later = Rule.NOBODY;
        bounce = Rule.NOBODY;
    }

    /** Returns the reply with which a recipient is refused; null to accept it. */
    String reply(String address) {
        pause();
        return refuse.meets(address) ? refuse.reply() : later.meets(address) ? later.reply() : null;
    }

    /** Returns the status of the report about a mail that was taken; empty when it does not come back. */
    Optional<String> comesBack(String address) {
        return bounce.meets(address) ? Optional.of(bounce.reply()) : Optional.empty();
    }

    private void pause() {
        try {
            Thread.sleep(slowMillis);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }
}
