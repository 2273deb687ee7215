package io.consentbridge.confirmation;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Confirmation.Proof;
import io.consentbridge.consent.Purpose;
import io.consentbridge.writeback.RecordUpdate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the CRM record of a person who confirmed receives, as {@code confirmation.proof} of the purpose says. */
final class RecordProof {

    private RecordProof() {}

    /** The update of the record; empty if the purpose writes nothing. */
    static Optional<RecordUpdate> of(
            Request request, Purpose purpose, Instant at, Optional<LocalDate> validTo, ZoneId zone) {
        Map<String, Object> fields = new LinkedHashMap<>();
        purpose.confirmation()
                .map(Confirmation::proof)
                .orElse(Map.of())
                .forEach((field, what) ->
                        value(what, purpose, at, validTo, zone).ifPresent(value -> fields.put(field, value)));
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordUpdate(
                        request.connection(),
                        request.module(),
                        request.recordId(),
                        Optional.of(request.person()),
                        fields,
                        "the person consented to " + purpose.name()));
    }

    private static Optional<?> value(
            Proof what, Purpose purpose, Instant at, Optional<LocalDate> validTo, ZoneId zone) {
        return switch (what) {
            case TIME -> Optional.of(at);
            case DATE -> Optional.of(LocalDate.ofInstant(at, zone).toString());
            case STATEMENT_VERSION -> Optional.of(purpose.statementVersion());
            case STATEMENT -> Optional.of(purpose.statement());
            case PURPOSE -> Optional.of(purpose.name());
            case VALID_TO -> validTo.map(LocalDate::toString);
        };
    }
}
