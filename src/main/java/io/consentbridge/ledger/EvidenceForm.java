package io.consentbridge.ledger;

import io.consentbridge.proof.Evidence;
import io.consentbridge.proof.SealingKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What proves an event, as its leaf hashes it: a JSON object with the record, the run, the sync, and everything else that was
 * said, which alone is stored sealed. The salt is a keyed hash of the number under the person's key, so that it is gone with it.
 *
 * @param sync empty for none
 * @param recordId null for none
 * @param runId null for none
 * @param said JSON of everything else; null for nothing
 */
record EvidenceForm(String sync, String recordId, String runId, String said) {

    /** What sealed evidence belongs to. */
    static String context(long sequence) {
        return "evidence " + sequence;
    }

    /** Text and salt; empty if there is nothing to prove. */
    Optional<Evidence> evidence(SealingKey key, long sequence) {
        String text = text();
        return text.equals("{}")
                ? Optional.empty()
                : Optional.of(
                        new Evidence(key.subject("salt " + sequence).bytes(), text.getBytes(StandardCharsets.UTF_8)));
    }

    private String text() {
        StringJoiner text = new StringJoiner(",", "{", "}");
        if (said != null) {
            text.add("\"evidence\":" + said);
        }
        member(text, "record", recordId);
        member(text, "run", runId);
        member(text, "sync", sync);
        return text.toString();
    }

    private static void member(StringJoiner text, String name, String value) {
        if (value != null && !value.isEmpty()) {
            text.add("\"" + name + "\":" + JsonText.of(value));
        }
    }
}
