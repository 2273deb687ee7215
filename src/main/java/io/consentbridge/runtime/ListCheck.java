package io.consentbridge.runtime;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListIdentity;
import io.consentbridge.audience.MailingList;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Nearest;
import io.consentbridge.zoho.Connection;
import java.util.Optional;

/** Checks that a purpose's mailing list exists, is what the purpose says, and takes subscribers. */
final class ListCheck {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Components.Audience audience;

    ListCheck(ConnectionAnswers answers, Components.Audience audience) {
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.audience = audience;
    }

    /** @param needed what needs the list; empty text where the purpose does */
    void of(Purpose purpose, ListDirectory there, String needed) {
        MailingList list = audience.lists()
                .named(connection.name(), purpose.list())
                .orElse(MailingList.unknown(connection.name(), purpose.list()))
                .as(purpose.signupForm());
        if (misspelt(purpose, list, there)) {
            return;
        }
        ListIdentity identity = audience.watch()
                .identify(connection, null, purpose.listKey().map(list::withKey).orElse(list), there);
        if (identity instanceof ListIdentity.Mismatch mismatch) {
            findings.wrong(places.inPurpose(purpose.name(), "list:", mismatch.what(), mismatch.remedy()));
        } else if (identity instanceof ListIdentity.Absent) {
            absent(purpose, needed, there);
        }
        audience.heldLists()
                .of(list.id())
                .filter(held -> held.kind() != HeldLists.Kind.IDENTITY)
                .ifPresent(held -> findings.wrong(places.inPurpose(
                        purpose.name(),
                        "list:",
                        "the list \"" + purpose.list() + "\" is held: " + held.because(),
                        "correct that in Campaigns. One subscription is tried now and then, and the others follow")));
    }

    /** A run then uses a key that is new to it, and never the name. */
    private boolean misspelt(Purpose purpose, MailingList list, ListDirectory there) {
        Optional<String> key = purpose.listKey()
                .filter(wanted -> !list.key().equals(Optional.of(wanted)))
                .filter(wanted -> there.withKey(wanted).isEmpty());
        key.map(wanted -> ListIdentity.noSuchKey(wanted, purpose.name()))
                .ifPresent(no -> findings.wrong(places.inPurpose(purpose.name(), "listKey:", no.what(), no.remedy())));
        return key.isPresent();
    }

    private void absent(Purpose purpose, String needed, ListDirectory there) {
        Optional<String> near = Nearest.to(purpose.list(), there.names());
        String refused = ListName.refused(purpose.list());
        if (!purpose.createList()) {
            findings.wrong(places.inPurpose(
                    purpose.name(),
                    "list:",
                    "Campaigns has no mailing list \"" + purpose.list() + "\"" + needed,
                    needed.isEmpty()
                            ? near.map(name -> "did you mean \"" + name + "\"? If not, write ")
                                            .orElse("write the name of an existing list, or ")
                                    + "createList: true"
                            : "create a list of that name in Campaigns, or write createList: true"));
        } else if (!refused.isEmpty()) {
            findings.wrong(places.inPurpose(
                    purpose.name(),
                    "list:",
                    "Campaigns does not create a list named \"" + purpose.list() + "\", because of " + refused,
                    "use only letters, digits, spaces, _ and -, or create the list in Campaigns"));
        } else {
            near.ifPresent(name -> findings.checked("purpose " + purpose.name() + ": Campaigns has no mailing list \""
                    + purpose.list() + "\" yet; the first delivery creates it. A similar name exists:"
                    + " \"" + name + "\""));
        }
    }
}
