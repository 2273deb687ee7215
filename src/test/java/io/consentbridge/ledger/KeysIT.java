package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The keys of the ledger, on every engine. */
@EveryEngine
class KeysIT extends LedgerFixture {

    KeysIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("The first start writes a key file that only its owner can read, and the next start uses it")
    void keyFileIsWritten() throws IOException {
        keys().begin();
        Hash suppression = keys().suppressionOf(ANN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        assertThat(keyFile().getParent()).isDirectoryContaining(file -> file.equals(keyFile()));
        try (var files = Files.list(keyFile().getParent())) {
            assertThat(files).hasSize(1);
        }
        keys().begin();
        assertThat(keys().suppressionOf(ANN)).isEqualTo(suppression).isNotEqualTo(keys().suppressionOf(BOB));
        assertThat(suppression).isNotEqualTo(Hash.sha256(ANN.address().getBytes()));
    }

    @Test
    @DisplayName("A master key that is missing or another one is refused, and the message says what to do")
    void wrongKey() throws IOException {
        keys().begin();
        Path copy = Files.move(keyFile(), folder.resolve("copy"));
        assertThatThrownBy(() -> keys().begin())
                .isInstanceOf(LedgerFault.class)
                .hasMessage(
                        "The master key of the ledger is missing: neither ledger.master-key nor the key file gives it."
                                + " Set LEDGER_MASTER_KEY to the key with which this database was used before, or copy the file of"
                                + " the process that made it to " + keyFile() + ".");
        assertThat(keyFile()).doesNotExist();
        assertThatThrownBy(() -> keys(SealingKey.random()).begin())
                .isInstanceOf(LedgerFault.class)
                .hasMessageStartingWith(
                        "The master key of the ledger is not that of this database. Set LEDGER_MASTER_KEY");
        Files.copy(copy, keyFile());
        keys().begin();
    }

    @Test
    @DisplayName("Of two processes that start at once with key files of their own, one begins and the other is refused")
    void twoNodes() {
        keys().begin();
        Path mine = keyFile();
        folder = folder.resolve("other");
        assertThatThrownBy(() -> keys().begin()).hasMessageContaining("copy the file of the process that made it");
        assertThat(keyFile()).isNotEqualTo(mine).doesNotExist();
    }

    @Test
    @DisplayName("A key file that is cut short is not taken for a key")
    void cut() throws IOException {
        Files.createDirectories(keyFile().getParent());
        Files.writeString(keyFile(), "00ff");
        assertThatThrownBy(() -> keys().begin())
                .hasMessage("The key file " + keyFile() + " cannot be read, or holds no key of 32 bytes in hexadecimal."
                        + " Restore it from its copy.");
    }

    @Test
    @DisplayName("After the master key was replaced, everything opens under the new one and nothing under the old one")
    void rotated() {
        SealingKey old = SealingKey.random();
        SealingKey fresh = SealingKey.random();
        keys(old).begin();
        Hash suppression = keys(old).suppressionOf(ANN);
        assertThatThrownBy(() -> keys(old).rotate())
                .hasMessage(
                        "The master key is a setting. Set ledger.next-master-key to the new key, start every process"
                                + " anew, and run the command again.");
        assertThatThrownBy(() -> keys(old, old).rotate())
                .hasMessage("ledger.next-master-key is the key in use. Set it to a new one.");

        assertThat(keys(old, fresh).rotate()).isEqualTo(3);

        assertThat(keys(old, fresh).suppressionOf(ANN)).isEqualTo(suppression);
        assertThat(keys(fresh).suppressionOf(ANN)).isEqualTo(suppression);
        assertThatThrownBy(() -> keys(old).begin()).hasMessageContaining("is not that of this database");
        assertThat(count("ledger_event")).isEqualTo(1);
    }

    @Test
    @DisplayName("A key file is replaced by the new one, once everything lies under that")
    void rotatedFile() throws IOException {
        keys().begin();
        Hash suppression = keys().suppressionOf(ANN);
        String before = Files.readString(keyFile());

        keys().rotate();

        assertThat(Files.readString(keyFile())).isNotEqualTo(before);
        assertThat(keyFile().resolveSibling("ledger.key.next")).doesNotExist();
        assertThat(keys().suppressionOf(ANN)).isEqualTo(suppression);
    }

    @Test
    @DisplayName("A replacement of the master key that was interrupted goes on, and meanwhile both keys are needed")
    void resumed() {
        SealingKey old = SealingKey.random();
        SealingKey fresh = SealingKey.random();
        keys(old).begin();
        Hash suppression = keys(old).suppressionOf(ANN);
        // Where the process died: the next key is announced, and one of two keys is wrapped under it.
        database.change(handle -> new MasterKeys(database, settings(old, fresh), clock).announce(handle, 2, fresh));
        Keys both = keys(old, fresh);
        byte[] plain = both.suppressionKey().bytes();
        database.change(handle -> handle.createUpdate(
                        "update ledger_secret set wrapped_key = :wrapped, master = 2 where name = 'suppression'")
                .bind("wrapped", fresh.seal(plain, "suppression"))
                .execute());

        assertThatThrownBy(() -> keys(old).begin())
                .hasMessage(
                        "The master key of the ledger is being replaced, and this process has only one of the two keys."
                                + " Give it both: ledger.master-key and ledger.next-master-key, or both key files.");
        assertThat(keys(old, fresh).suppressionOf(ANN)).isEqualTo(suppression);
        keys(old, fresh).resume();

        assertThat(keys(fresh).suppressionOf(ANN)).isEqualTo(suppression);
    }

    @Test
    @DisplayName("Erasing a person who is not sequenced yet leaves nothing of them, and others stay")
    void destroyed() {
        keys().begin();
        append(event(EventKind.GIVEN, ANN), event(EventKind.GIVEN, BOB), event(EventKind.ERASED, ANN));
        database.change(handle -> keys().destroy(handle, List.of(ANN, new Person("unknown@c1.example.com"))));

        assertThat(new PersonLedger(database).of(ANN)).isEmpty();
        assertThat(new PersonLedger(database).of(BOB)).hasSize(1);
        assertThat(count("ledger_event")).isEqualTo(3);
        assertThat(count("ledger_event where record_id is null and person_id is null and subject is not null"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("A process that runs while another replaces the master key goes on, if it has the new key")
    void besideRotation() {
        SealingKey old = SealingKey.random();
        SealingKey fresh = SealingKey.random();
        Keys running = keys(old, fresh);
        running.begin();
        Hash suppression = running.suppressionOf(ANN);

        keys(old, fresh).rotate();

        assertThat(running.suppressionOf(ANN)).isEqualTo(suppression);
    }

    @Test
    @DisplayName("A process that runs while another replaces the master key by one that it does not have says so")
    void withoutNewKey() {
        SealingKey old = SealingKey.random();
        Keys running = keys(old);
        running.begin();

        keys(old, SealingKey.random()).rotate();

        assertThatThrownBy(() -> running.suppressionOf(ANN))
                .isInstanceOf(LedgerFault.class)
                .hasMessageContaining("was replaced. Give this process the new one");
    }

    @Test
    @DisplayName("A key that an erasure destroys while the master key is replaced stays destroyed")
    void erasedWhileRotated() {
        SealingKey[] both = {SealingKey.random(), SealingKey.random()};
        Keys keys = keys(both);
        keys.begin();
        append(event(EventKind.GIVEN, ANN), event(EventKind.GIVEN, BOB));
        new Sequencer(database, keys, clock, "node", Duration.ofMinutes(1)).run(NOW.plusSeconds(60));

        rotatedDuring(both, handle -> keys.destroy(handle, List.of(ANN)));

        assertThat(count("ledger_subject where wrapped_key is null")).isEqualTo(1);
        assertThat(count("ledger_subject where person_id is null and (wrapped_key is not null or master is not null)"))
                .isZero();
    }

    @Test
    @DisplayName("A key of a person that is stored while the master key is replaced opens under the new one")
    void sequencedWhileRotated() {
        SealingKey[] both = {SealingKey.random(), SealingKey.random()};
        Keys keys = keys(both);
        keys.begin();
        append(event(EventKind.GIVEN, ANN, Map.of("how", "web")));

        rotatedDuring(both, handle -> {
            LogRows.keepLease(handle, "other", NOW, NOW.plusSeconds(60));
            new Batch(handle, keys).write(10);
        });

        assertThat(count("ledger_subject where wrapped_key is not null and master <> 2"))
                .isZero();
        assertThat(new PersonLedger(database, keys).of(ANN))
                .extracting(LedgerEntry::evidence)
                .containsExactly(Map.of("how", "web"));
    }

    /** Replaces the master key from another process, which goes on as far as it can before the transaction of the work ends. */
    private void rotatedDuring(SealingKey[] both, Consumer<Handle> work) {
        Keys another = keys(both);
        CompletableFuture<Integer> rotation = database.transaction(handle -> {
            work.accept(handle);
            CompletableFuture<Integer> turning = CompletableFuture.supplyAsync(another::rotate);
            await().until(() -> turning.isDone() || database.embedded() || waitsForLock());
            return turning;
        });
        rotation.join();
    }
}
