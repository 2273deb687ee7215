package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the canonical bytes of the entries of one kind fast: the library writes what the kind gives once, and each entry only
 * fills in its number, time and hashes. The bytes equal those of {@link Leaf#bytes()}.
 *
 * <p>Safe for several threads.
 */
public final class LeafForm {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long MAX_SEQUENCE = (1L << 53) - 1;

    private final byte[] toEvidence;
    private final byte[] toSequence;
    private final byte[] toSubject;
    private final byte[] toTime;
    private final byte[] toEnd = {'"', '}'};

    /** The form of this kind's entries. */
    public LeafForm(LeafKind kind) {
        // In canonical form the members stand in alphabetical order.
        toEvidence = utf8("{" + members("connection", kind.connection(), "event", kind.event()) + ",\"evidence\":\"");
        toSequence = utf8("\"," + members("inputs", kind.inputs(), "purpose", kind.purpose(), "rule", kind.rule())
                + ",\"sequence\":");
        toSubject = utf8("," + members("source", kind.source(), "statementVersion", kind.statementVersion())
                + ",\"subject\":\"");
        toTime = utf8("\"," + members("tableVersion", kind.tableVersion()) + ",\"time\":\"");
    }

    /**
     * The canonical bytes of one entry.
     *
     * @param sequence from 0 to 2^53 - 1
     * @param subject null if the event is about nobody
     * @param evidence null if there is none
     */
    public byte[] bytes(long sequence, Instant time, Hash subject, Hash evidence) {
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new BrokenProof("An entry of the ledger cannot have the number " + sequence + ".");
        }
        byte[] leaf = new byte
                [toEvidence.length
                        + toSequence.length
                        + toSubject.length
                        + toTime.length
                        + toEnd.length
                        + 2 * 2 * Hash.LENGTH
                        + 16
                        + LeafTime.LENGTH];
        int at = put(toEvidence, leaf, 0);
        at = putHex(evidence, leaf, at);
        at = put(toSequence, leaf, at);
        at = putNumber(sequence, leaf, at);
        at = put(toSubject, leaf, at);
        at = putHex(subject, leaf, at);
        at = put(toTime, leaf, at);
        LeafTime.write(time, leaf, at);
        at = put(toEnd, leaf, at + LeafTime.LENGTH);
        return Arrays.copyOf(leaf, at);
    }

    private static int put(byte[] part, byte[] leaf, int at) {
        System.arraycopy(part, 0, leaf, at, part.length);
        return at + part.length;
    }

    private static int putHex(Hash hash, byte[] leaf, int at) {
        if (hash == null) {
            return at;
        }
        int end = at;
        for (byte b : hash.bytes()) {
            leaf[end++] = HEX[(b >> 4) & 15];
            leaf[end++] = HEX[b & 15];
        }
        return end;
    }

    private static int putNumber(long number, byte[] leaf, int at) {
        int length = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            length++;
        }
        long rest = number;
        for (int digit = at + length - 1; digit >= at; digit--) {
            leaf[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + length;
    }

    private static String members(Object... namesAndValues) {
        Map<String, Object> members = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return LeafKind.members(members);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
