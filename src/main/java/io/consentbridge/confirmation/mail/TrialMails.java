package io.consentbridge.confirmation.mail;

import io.consentbridge.confirmation.ConfirmationToken;
import io.consentbridge.confirmation.TrialAddresses;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.confirmation.UnfitTrial;
import io.consentbridge.consent.Purpose;
import jakarta.mail.MessagingException;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Sends the mail of a purpose to an address of the operator's, over the same route as the mails to people. */
public final class TrialMails {

    private final TrialAddresses addresses;
    private final ConfirmationMails mails;
    private final Trials trials;
    private final Consumer<ConfirmationMail> seam;
    private final InstantSource clock;

    /** @param seam sends one mail by {@code direct:send-confirmation}; throws when it is not sent */
    public TrialMails(
            TrialAddresses addresses,
            ConfirmationMails mails,
            Trials trials,
            Consumer<ConfirmationMail> seam,
            InstantSource clock) {
        this.addresses = addresses;
        this.mails = mails;
        this.trials = trials;
        this.seam = seam;
        this.clock = clock;
    }

    /**
     * Sends a trial.
     *
     * @throws UnfitTrial when the address is of somebody who must not be mailed
     * @throws MailFault when the mail cannot be made
     * @throws RuntimeException when the route does not send it
     */
    public void send(Purpose purpose, String address) throws MailFault, MessagingException {
        addresses.screen(address);
        ConfirmationToken token = ConfirmationToken.random();
        ConfirmationMail mail = mails.trial(purpose, address, token);
        trials.begin(purpose.name(), purpose.statementVersion(), token.hash(), clock.instant());
        mails.permitted(mail, () -> seam.accept(mail));
    }
}
