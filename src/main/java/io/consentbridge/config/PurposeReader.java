package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads a purpose from its file. */
final class PurposeReader {

    private final Findings findings;

    PurposeReader(Findings findings) {
        this.findings = findings;
    }

    /** The purpose; empty if the file has mistakes. {@code faults} are the keys that violate the schema. */
    Optional<Purpose> read(YamlFile file, Set<String> faults) {
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        int before = findings.size();
        JsonNode tree = file.tree();
        Purpose purpose = new Purpose(
                file.text("name"),
                file.text("statement").strip(),
                LawfulBasis.of(file.text("lawfulBasis")).orElseThrow(),
                file.text("list").strip(),
                tree.path("createList").booleanValue(),
                Words.at(tree, "signupForm", SignupForm.class, SignupForm.PRIVATE),
                StreamSupport.stream(tree.path("topics").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList(),
                ConfirmationReader.list(tree),
                Optional.ofNullable(tree.path("sharedList").path("because").textValue())
                        .map(String::strip),
                Optional.ofNullable(file.text("listKey")).map(String::strip));
        checkConfirmation(file, purpose);
        Disclosure said = DisclosureReader.read(file);
        Optional<Confirmation> asking = new ConfirmationReader(file, findings).read(purpose);
        Purpose whole = purpose.with(asking, said);
        whole = whole.asksAgain(new RevalidationReader(file, findings).read(whole));
        return findings.size() == before ? Optional.of(whole) : Optional.empty();
    }

    private void checkConfirmation(YamlFile file, Purpose purpose) {
        if (purpose.confirmationList().isEmpty()) {
            return;
        }
        String key = file.tree().has("confirmationList") ? "/confirmationList" : "/confirmation/list";
        if (purpose.lawfulBasis() != LawfulBasis.CONSENT && key.equals("/confirmationList")) {
            findings.add(
                    file.at(key),
                    "confirmationList is given, but the lawful basis "
                            + purpose.lawfulBasis().word() + " needs no consent",
                    "remove it, or write lawfulBasis: consent");
        } else if (purpose.confirmationList().get().equals(purpose.list())) {
            findings.add(
                    file.at(key),
                    key.substring(key.lastIndexOf('/') + 1) + " is the mailing list itself",
                    "use another list, so that nobody is mailed before they confirm");
        }
    }
}
