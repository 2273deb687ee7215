package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.confirmation.mail.MailFault;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import io.consentbridge.store.Database;
import java.util.List;
import java.util.Optional;

/** Checks that mails can be sent for the purposes that ask by mail, and tells which trials succeeded. Sends nothing. */
final class MailCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;
    private final ConfirmationMails mails;
    private final Trials trials;

    MailCheck(CheckFindings findings, ProblemLocator places, ConfirmationMails mails, Database database) {
        this.findings = findings;
        this.places = places;
        this.mails = mails;
        this.trials = new Trials(database);
    }

    void of(Configuration configuration) {
        List<Purpose> asking = configuration.purposes().values().stream()
                .filter(purpose -> purpose.confirmation()
                        .filter(how -> how.via() == Confirmation.Via.MAIL)
                        .isPresent())
                .toList();
        if (asking.isEmpty()) {
            return;
        }
        try {
            mails.probe();
            findings.checked("the mail server answers");
        } catch (MailFault fault) {
            findings.silent(places.inSettings(
                    "mail.smtp.host",
                    fault.getMessage(),
                    "check mail.smtp.* and that this machine may reach the server"));
        }
        asking.forEach(purpose -> findings.checked(trial(purpose)));
    }

    private String trial(Purpose purpose) {
        Optional<Trials.Trial> last = trials.lastAnswered(purpose.name());
        String asks = "purpose " + purpose.name() + " asks by mail; ";
        return last.filter(trial -> trial.statementVersion().equals(purpose.statementVersion()))
                .map(trial -> asks + "a trial succeeded: it was answered at "
                        + trial.answeredAt().orElseThrow())
                .orElseGet(() -> asks
                        + (last.isPresent()
                                ? "its wording has changed since the last trial"
                                : "no trial was answered yet")
                        + ". Try it with: consentbridge consent try " + purpose.name() + " --to ADDRESS");
    }
}
