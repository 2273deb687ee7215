package io.consentbridge.proof;

import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A log of invented people that is the same each time: the sample of docs/examples/ledger, and what tests tamper with. */
final class SampleLog implements LogSource {

    static final String ORIGIN = "example.com/consent-ledger";

    private static final Instant BEGIN = Instant.parse("2026-11-02T08:00:00Z");

    private final SigningKey key = key("sample");
    private final MemoryLog log = new MemoryLog();
    private final List<byte[]> entries = new ArrayList<>();
    private final List<String> checkpoints = new ArrayList<>();

    /** The sample: 300 entries, checkpoints after 3, 120, 256 and 300 of them. */
    static SampleLog sample() {
        SampleLog sample = new SampleLog();
        for (int size : new int[] {3, 120, 256, 300}) {
            sample.grow(size);
            sample.checkpoint();
        }
        return sample;
    }

    /** A signing key that is the same each time; its secret is no secret. */
    static SigningKey key(String seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    System.arraycopy(Hash.sha256(seed.getBytes()).bytes(), 0, bytes, 0, bytes.length);
                }
            });
            var pair = generator.generateKeyPair();
            byte[] bytes = Arrays.copyOf(
                    ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), 64);
            System.arraycopy(VerifierKey.of(ORIGIN, pair.getPublic()).key(), 0, bytes, 32, 32);
            return SigningKey.of(ORIGIN, bytes);
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void grow(int size) {
        while (entries.size() < size) {
            append(entry(entries.size()));
        }
    }

    void append(byte[] entry) {
        entries.add(entry);
        log.append(entry);
    }

    SignedNote checkpoint() {
        log.keep();
        SignedNote note =
                key.sign(new Checkpoint(ORIGIN, entries.size(), log.edge().root()).text());
        checkpoints.add(note.note());
        return note;
    }

    byte[] entryBytes(int index) {
        return entries.get(index);
    }

    List<String> notes() {
        return checkpoints;
    }

    TreeEdge edge() {
        return log.edge();
    }

    SigningKey key() {
        return key;
    }

    /** One of sixteen people at a time: asked, mailed, answered, delivered. */
    static byte[] entry(int number) {
        String[][] story = {
            {"requested", "no-basis", "crm"},
            {"sent", "", "product"},
            {number / 64 % 3 == 2 ? "refused" : "given", "", "page"},
            {number / 64 % 3 == 2 ? "suppressed" : "delivered", number / 64 % 3 == 2 ? "refused" : "", "product"}
        };
        String[] step = story[number / 16 % 4];
        LeafKind kind = new LeafKind(
                step[0],
                "main",
                "product-news",
                "2026-10",
                step[1].isEmpty() ? "" : "8f4a0c1d2b7e6935",
                step[1],
                step[2],
                step[1].isEmpty() ? Map.of() : Map.of("basis", "not-stated", "optedOut", "no"));
        int person = number / 64 * 16 + number % 16;
        SealingKey personKey = SealingKey.of(
                Hash.sha256(("key of person " + person).getBytes()).bytes());
        return new LeafForm(kind)
                .bytes(
                        number,
                        BEGIN.plusSeconds(number * 47L).plusNanos(number * 1_001_000L),
                        personKey.subject("person" + person + "@example.com"),
                        Hash.sha256(("evidence " + number).getBytes()));
    }

    @Override
    public List<VerifierKey> keys() {
        return List.of(key.verifier());
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public Iterator<String> checkpoints() {
        return checkpoints.iterator();
    }

    @Override
    public void entries(long size, EachEntry each) {
        for (int i = 0; i < size; i++) {
            each.receive(i, entries.get(i));
        }
    }

    @Override
    public byte[] hashes(int level, long index, int width) {
        log.keep();
        return log.hashes(level, index, width);
    }
}
