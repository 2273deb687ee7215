package io.consentbridge.runtime;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.zoho.Connection;

/** Checks that the sign-up form and the topics that a purpose names exist. */
final class PurposeCheck {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Topics topics;

    PurposeCheck(ConnectionAnswers answers, Topics topics) {
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.topics = topics;
    }

    void confirmation(Purpose purpose, ListDirectory there) {
        purpose.confirmationList().ifPresent(name -> {
            if (there.named(name)
                    .flatMap(list -> list.form())
                    .filter(SignupForm.PUBLIC::equals)
                    .isEmpty()) {
                findings.wrong(places.inPurpose(
                        purpose.name(),
                        "confirmationList:",
                        "\"" + name + "\" is not a list with a public sign-up form, so nobody can be asked for consent",
                        "write the name of such a list"));
            }
        });
    }

    void topics(Purpose purpose) {
        for (String missing : topics.current(connection, null, purpose.topics()).missing()) {
            findings.wrong(places.inPurpose(
                    purpose.name(), missing, "Campaigns has no topic \"" + missing + "\"", "write the name of one"));
        }
    }
}
