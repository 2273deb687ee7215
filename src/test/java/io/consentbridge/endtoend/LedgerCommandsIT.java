package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.LedgerCheck;
import io.consentbridge.api.LedgerExported;
import io.consentbridge.api.LedgerFolder;
import io.consentbridge.api.LedgerReason;
import io.consentbridge.api.LedgerStatusView;
import io.consentbridge.api.LedgerVerified;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.consent.Person;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The operations of the ledger on an installation that syncs. */
@EveryEngine
class LedgerCommandsIT {

    @Parameter
    private TestDatabase engine;

    @TempDir
    private Path folder;

    private Bridge bridge;

    @BeforeEach
    void run() {
        bridge = Bridge.open(40, files -> files.on(engine));
        bridge.letters("news", "Leads");
        bridge.complete("news");
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private LedgerVerified verify(String... outside) {
        return bridge.operations().verifyLedger(new LedgerCheck(List.of(outside)));
    }

    private LedgerStatusView status() {
        return bridge.operations().ledgerStatus();
    }

    private void change(String statement) {
        bridge.runtime().database().change(handle -> handle.execute(statement));
    }

    private record Printed(int status, String text) {}

    private Printed verifyProgram(Path export) throws Exception {
        return program("Verify.java", export);
    }

    private Printed program(String name, Path export) throws Exception {
        Path printed = folder.resolve("printed.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        export.resolve(name).toString(),
                        export.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        return new Printed(process.waitFor(), Files.readString(printed));
    }

    @Test
    @DisplayName("After a run the ledger verifies here, and its export verifies with the JDK alone")
    void verifiesAndExports() throws Exception {
        LedgerVerified verified = verify();
        assertThat(verified.because()).isNull();
        assertThat(verified.entries()).isPositive();
        assertThat(status().waiting()).isZero();
        assertThat(status().checkpoint().root()).isEqualTo(verified.root());
        assertThat(status().key()).startsWith(status().origin() + "+");
        assertThat(verify(status().checkpoint().note()).outside()).isEqualTo(1);

        Path export = folder.resolve("export");
        LedgerExported exported = bridge.operations().exportLedger(new LedgerFolder(export.toString()));

        assertThat(exported.entries()).isEqualTo(verified.entries());
        assertThat(verifyProgram(export))
                .satisfies(result -> assertThat(result.text()).contains("root         " + exported.root()))
                .extracting(Printed::status)
                .isEqualTo(0);
        assertThatThrownBy(() -> bridge.operations().exportLedger(new LedgerFolder(export.toString())))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("is not an empty folder");
    }

    @Test
    @DisplayName(
            "A changed entry is named here and in the export; the alarm lasts until it is acknowledged with a reason")
    void findsTampering() throws Exception {
        verify();
        change(
                "update ledger_entry set happened_at = (select max(happened_at) from ledger_entry where id <> 0) where id = 0");
        change("update ledger_entry set evidence_hash = null where id = 0");

        LedgerVerified verified = verify();
        assertThat(verified.sound()).isFalse();
        assertThat(verified.because())
                .startsWith("Entry 0 has the hash ")
                .endsWith("which is not the one in tile/0/000.");
        assertThat(status().alarm().because()).isEqualTo(verified.because());
        Path export = folder.resolve("export");
        bridge.operations().exportLedger(new LedgerFolder(export.toString()));
        assertThat(verifyProgram(export).text()).startsWith("DOES NOT FIT: Entry 0 has the hash ");

        assertThatThrownBy(() -> bridge.operations().acknowledgeLedger(new LedgerReason(" ")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage("give the reason: --because TEXT");
        assertThat(bridge.operations()
                        .acknowledgeLedger(new LedgerReason("a disk failed"))
                        .alarm())
                .isEqualTo(verified.because());
        assertThat(status().alarm()).isNull();
        assertThat(verify().sound()).isFalse();
        assertThat(status().alarm()).isNull();
        assertThatThrownBy(() -> bridge.operations().acknowledgeLedger(new LedgerReason("again")))
                .hasMessage("there is no alarm of the ledger to acknowledge");
    }

    @Test
    @DisplayName("A ledger with fewer entries than a checkpoint from outside covers was restored from an old copy")
    void findsRestore() {
        verify();
        String outside = status().checkpoint().note();
        change("delete from ledger_checkpoint");
        change("update ledger_log set size = 1");
        change("delete from ledger_entry where id > 0");

        LedgerVerified verified = verify(outside);

        assertThat(verified.because())
                .startsWith("Checkpoint 1 from outside (")
                .endsWith("the database was cut or restored from an old copy.");
    }

    @Test
    @DisplayName("The entries of one person are written with evidence and proofs, which verify with the JDK alone")
    void provesOnePerson() throws Exception {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("news");
        Person person = new Person(email);
        Path proofs = Files.createDirectory(folder.resolve("proofs"));

        int entries = bridge.runtime().components().proofs().ledger().writeProofs(person, proofs);

        assertThat(entries).isPositive();
        assertThat(program("VerifyProofs.java", proofs))
                .isEqualTo(new Printed(0, "FITS: " + entries + " entries stand in the ledger as it was signed\n"));
        try (Stream<Path> files = Files.list(proofs)) {
            assertThat(files.filter(file -> file.toString().endsWith(".evidence.json")))
                    .isNotEmpty();
        }
    }

    @Test
    @DisplayName("The master key is replaced, and the ledger verifies as before with one more entry")
    void rotates() {
        LedgerVerified before = verify();

        assertThat(bridge.operations().rotateLedgerKey().keys()).isPositive();

        LedgerVerified after = verify(status().checkpoint().note());
        assertThat(after.because()).isNull();
        assertThat(after.entries()).isEqualTo(before.entries() + 1);
    }

    @Test
    @DisplayName("An installation whose ledger has not begun refuses the commands and says when it begins")
    void notBegun() {
        change("delete from ledger_log");

        assertThatThrownBy(this::status)
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage("there is no ledger yet. The first start or sync run begins it");
        assertThatThrownBy(this::verify).isInstanceOf(OperationFailure.Refused.class);
        assertThatThrownBy(() -> bridge.operations()
                        .exportLedger(new LedgerFolder(folder.resolve("x").toString())))
                .isInstanceOf(OperationFailure.Refused.class);
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
