package io.consentbridge.confirmation.mail;

import io.consentbridge.consent.ConsentBreach;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which mails may leave: each one whose request was claimed, unchanged, to the person of that request, once. Whatever a route
 * makes of a mail before that, no other mail leaves by it.
 */
final class MailPermits {

    /** Address by hash of the mail. */
    private final Map<String, String> given = new ConcurrentHashMap<>();

    /** Permits a mail to leave once, until the permit is withdrawn. */
    void give(ConfirmationMail mail) {
        given.put(mail.hash(), mail.address());
    }

    /** Withdraws the permit, whether or not it was used. */
    void withdraw(ConfirmationMail mail) {
        given.remove(mail.hash());
    }

    /**
     * Uses the permit of a mail.
     *
     * @param hash of the mail as it would leave
     * @return the one address to which it may go
     * @throws ConsentBreach when there is none
     */
    String use(String hash) {
        String address = given.remove(hash);
        if (address == null) {
            throw new ConsentBreach(
                    "a mail leaves that is not the one of a claimed request: it was changed, or is sent a second time");
        }
        return address;
    }
}
