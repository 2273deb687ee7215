package io.consentbridge.runtime;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that people can be asked for their consent as a purpose says, and names what a consent record lacks. */
final class AskingCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;

    AskingCheck(CheckFindings findings, ProblemLocator places) {
        this.findings = findings;
        this.places = places;
    }

    /** Checks a purpose by its file alone. */
    void of(Purpose purpose) {
        if (purpose.lawfulBasis() != LawfulBasis.CONSENT) {
            return;
        }
        purpose.confirmation()
                .filter(asking -> asking.ground().isEmpty())
                .ifPresent(asking -> findings.wrong(places.inPurpose(
                        purpose.name(),
                        "confirmation",
                        "no ground is named on which people may be asked, so everybody who would be asked is held",
                        "add ground: {field: …}, {existingCustomer: …} or {accepted: …} to confirmation; see"
                                + " docs/consent.md, \"Asking for consent\"")));
        List<String> missing = purpose.disclosure().missing();
        if (!missing.isEmpty()) {
            findings.checked("purpose " + purpose.name() + ": for consent records that conform to ISO/IEC TS 27560 add "
                    + String.join(", ", missing));
        }
    }

    /** Checks that the module of a sync has the field by which there is a ground. */
    void of(Sync sync, Purpose purpose, Map<String, CrmField> fields) {
        Optional<String> field =
                purpose.confirmation().flatMap(Confirmation::ground).flatMap(Ground::fieldName);
        field.filter(name -> !CrmField.isGiven(fields, name))
                .ifPresent(name -> findings.wrong(places.inPurpose(
                        purpose.name(),
                        "ground:",
                        sync.module() + " of sync " + sync.name() + " has no readable field " + name
                                + ", so nobody there may be asked for consent",
                        "write the API name of a field of that module")));
    }
}
