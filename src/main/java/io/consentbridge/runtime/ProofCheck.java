package io.consentbridge.runtime;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Confirmation.Proof;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.sync.Sync;
import io.consentbridge.writeback.FieldFormats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Checks that the module of a sync has the fields into which its purpose writes the proof of a consent, and that each takes it. */
final class ProofCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;

    ProofCheck(CheckFindings findings, ProblemLocator places) {
        this.findings = findings;
        this.places = places;
    }

    /** What a purpose writes into which CRM field; empty if it writes nothing. */
    static Map<String, Proof> written(Purpose purpose) {
        return purpose == null
                ? Map.of()
                : purpose.confirmation().map(Confirmation::proof).orElse(Map.of());
    }

    void of(Sync sync, Purpose purpose, Map<String, CrmField> fields) {
        written(purpose).forEach((name, what) -> {
            CrmField field = fields.get(name);
            Optional<String> fault = FieldFormats.fault(name, field, kind(what));
            fault.ifPresent(why -> findings.wrong(places.inPurpose(
                    purpose.name(),
                    name,
                    sync.module() + ", the module of the sync " + sync.name() + ": " + why,
                    "write " + what.word() + " into a field of the module that the API writes and that takes it")));
            if (fault.isEmpty() && what == Proof.STATEMENT && isTooLong(purpose, field)) {
                findings.checked("purpose " + purpose.name() + ": " + name + " of " + sync.module() + " takes "
                        + field.length() + " characters, so the statement is cut there");
            }
        });
    }

    private static boolean isTooLong(Purpose purpose, CrmField field) {
        return field.length() > 0 && purpose.statement().length() > field.length();
    }

    private static Class<?> kind(Proof what) {
        return switch (what) {
            case TIME -> Instant.class;
            case DATE, VALID_TO -> LocalDate.class;
            case STATEMENT_VERSION, STATEMENT, PURPOSE -> String.class;
        };
    }
}
