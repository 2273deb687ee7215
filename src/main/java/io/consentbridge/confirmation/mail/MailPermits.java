package io.consentbridge.confirmation.mail;

import io.consentbridge.consent.ConsentBreach;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which mails may leave: each one whose request was claimed, unchanged, to the person of that request, once. Whatever a route
 * makes of a mail before that, no other mail leaves by it.
 */
final class MailPermits {

    /** By hash of the mail. */
    private final Map<String, Permit> given = new ConcurrentHashMap<>();

    private record Permit(String address, State state) {}

    private enum State {
        GIVEN,
        USED,
        SENT
    }

    /** Permits a mail to leave once, until the permit is withdrawn. */
    void give(ConfirmationMail mail) {
        given.put(mail.hash(), new Permit(mail.address(), State.GIVEN));
    }

    /**
     * Withdraws the permit, whether or not it was used.
     *
     * @return whether the mail server took the mail
     */
    boolean withdraw(ConfirmationMail mail) {
        Permit permit = given.remove(mail.hash());
        return permit != null && permit.state() == State.SENT;
    }

    /**
     * Uses the permit of a mail.
     *
     * @param hash of the mail as it would leave
     * @return the one address to which it may go
     * @throws ConsentBreach when there is none
     */
    String use(String hash) {
        Permit used = given.computeIfPresent(
                hash,
                (same, permit) -> permit.state() == State.GIVEN ? new Permit(permit.address(), State.USED) : breach());
        return used == null ? breach() : used.address();
    }

    /** The mail server took the mail. */
    void sent(String hash) {
        given.computeIfPresent(hash, (same, permit) -> new Permit(permit.address(), State.SENT));
    }

    private static <T> T breach() {
        throw new ConsentBreach(
                "a mail leaves that is not the one of a claimed request: it was changed, or is sent a second time");
    }
}
