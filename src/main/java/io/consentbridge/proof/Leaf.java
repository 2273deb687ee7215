package io.consentbridge.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * An entry of the log. Its bytes are one JSON object in the canonical form of RFC 8785, in UTF-8, with these members, all of
 * them always there:
 *
 * <pre>{@code
 * {"connection":"main","event":"given","evidence":"<64 hex digits or empty>","inputs":{"state":"obtained"},
 *  "purpose":"product-news","rule":"by-email","sequence":17,"source":"crm","statementVersion":"2026-11",
 *  "subject":"<64 hex digits or empty>","tableVersion":"…","time":"2026-11-28T16:29:21.000000Z"}
 * }</pre>
 *
 * <p>Hashes are in lower-case hexadecimal. The time is UTC with six digits of a second, which is what every database keeps.
 * An entry holds no personal data: the subject is a keyed hash of the address, the evidence a salted hash.
 *
 * @param sequence the place of the entry in the log, from 0; below 2^53, as JSON numbers demand
 * @param time when the event became true; microseconds count, finer parts do not
 * @param subject {@link SealingKey#subject}; empty if the event is about nobody
 * @param evidence {@link Evidence#hash}; empty if there is none
 */
public record Leaf(LeafKind kind, long sequence, Instant time, Optional<Hash> subject, Optional<Hash> evidence) {

    /** Its canonical bytes, made by the library from the whole entry; {@link LeafForm} makes the same ones fast. */
    public byte[] bytes() {
        Map<String, Object> members = kind.asMap();
        members.put("sequence", sequence);
        members.put("time", LeafTime.text(time));
        members.put("subject", subject.map(Hash::hex).orElse(""));
        members.put("evidence", evidence.map(Hash::hex).orElse(""));
        try {
            return new JsonCanonicalizer(JsonText.object(members)).getEncodedUTF8();
        } catch (IOException notJson) {
            throw new BrokenProof("Entry " + sequence + " of the ledger has no canonical form.", notJson);
        }
    }

    /** Its hash as a leaf of the tree. */
    public Hash hash() {
        return Hash.leaf(bytes());
    }
}
