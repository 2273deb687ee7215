package io.consentbridge.runtime;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.confirmation.ListTrials;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.zoho.Connection;

/** Checks that the sign-up form and the topics that a purpose names exist. */
final class PurposeCheck {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Topics topics;
    private final ListTrials trials;

    PurposeCheck(ConnectionAnswers answers, Topics topics, ListTrials trials) {
        this.trials = trials;
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
            } else {
                findings.checked(trial(purpose, name, there));
            }
        });
    }

    private String trial(Purpose purpose, String list, ListDirectory there) {
        String asks = "purpose " + purpose.name() + " asks by the list \"" + list + "\"; ";
        return trials.succeeded(connection, purpose, there)
                .map(trial ->
                        asks + "a trial succeeded: the address that was asked at " + trial.sentAt() + " has confirmed")
                .orElseGet(() -> asks
                        + (trials.tried(purpose)
                                ? "no address of a trial has confirmed within a week"
                                : "it was not tried with its wording")
                        + ". Try it with: consentbridge consent try " + purpose.name() + " --to ADDRESS");
    }

    void topics(Purpose purpose) {
        for (String missing : topics.current(connection, null, purpose.topics()).missing()) {
            findings.wrong(places.inPurpose(
                    purpose.name(), missing, "Campaigns has no topic \"" + missing + "\"", "write the name of one"));
        }
    }
}
