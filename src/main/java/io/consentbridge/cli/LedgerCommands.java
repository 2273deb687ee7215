package io.consentbridge.cli;

import io.consentbridge.api.LedgerAcknowledged;
import io.consentbridge.api.LedgerCheck;
import io.consentbridge.api.LedgerExported;
import io.consentbridge.api.LedgerFolder;
import io.consentbridge.api.LedgerKeyRotated;
import io.consentbridge.api.LedgerReason;
import io.consentbridge.api.LedgerStatusView;
import io.consentbridge.api.LedgerVerified;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.NoteFile;
import io.consentbridge.proof.SignedNote;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for the ledger that proves consent. */
@Command(
        name = "ledger",
        description = "the ledger that proves consent: status, verify, export, acknowledge, rotate-key")
final class LedgerCommands {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    LedgerCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(description = "entries, last checkpoint, where checkpoints go, and whether something does not fit")
    int status() {
        try (CommandContext.Reach reach = desk.reach()) {
            LedgerStatusView status = reach.operations().ledgerStatus();
            desk.tell(spec, status, out -> new LedgerText(desk.words()).show(status, out));
            return status.alarm() == null ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
        }
    }

    @Command(description = "verify all entries, the tree over them, and all signed checkpoints")
    int verify(
            @Option(
                            names = "--against",
                            paramLabel = "FILE",
                            description =
                                    "checkpoints that were kept outside, with which the ledger must agree; finds a"
                                            + " database that was restored from an old copy")
                    List<Path> against) {
        List<String> outside = against == null
                ? List.of()
                : against.stream().flatMap(file -> notes(file).stream()).toList();
        try (CommandContext.Reach reach = desk.reach()) {
            LedgerVerified verified = reach.operations().verifyLedger(new LedgerCheck(outside));
            desk.tell(spec, verified, out -> LedgerText.show(verified, out));
            return verified.sound() ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
        }
    }

    @Command(
            description =
                    "write the ledger into a folder, with a program that checks it: java FOLDER/Verify.java FOLDER")
    int export(@Parameters(paramLabel = "DIR", description = "an empty or new folder") Path folder) {
        String absolute = folder.toAbsolutePath().normalize().toString();
        try (CommandContext.Reach reach = desk.reach()) {
            LedgerExported exported = reach.operations().exportLedger(new LedgerFolder(absolute));
            desk.tell(spec, exported, out -> LedgerText.show(exported, out));
        }
        return ExitStatus.DONE;
    }

    @Command(description = "end the alarm of a ledger that does not fit, so that subscriptions go on")
    int acknowledge(
            @Option(
                            names = "--because",
                            paramLabel = "TEXT",
                            required = true,
                            description = "what was found, which becomes an entry")
                    String because) {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            LedgerAcknowledged done = reach.operations().acknowledgeLedger(new LedgerReason(because));
            desk.tell(spec, done, out -> LedgerText.show(done, out));
        }
        return ExitStatus.DONE;
    }

    @Command(name = "rotate-key", description = "replace the master key under which the keys of people lie")
    int rotateKey() {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            LedgerKeyRotated rotated = reach.operations().rotateLedgerKey();
            desk.tell(spec, rotated, out -> LedgerText.show(rotated, out));
        }
        return ExitStatus.DONE;
    }

    private static List<String> notes(Path file) {
        try {
            List<String> notes = new NoteFile(file).some(NoteFile.ENOUGH);
            if (notes.isEmpty()) {
                throw new BrokenProof("no note");
            }
            notes.forEach(SignedNote::parse);
            return notes;
        } catch (CharacterCodingException | BrokenProof noNotes) {
            throw new OperationFailure.Refused(
                    file + " holds no signed checkpoints. Give a file of checkpoints that was"
                            + " kept outside, or the checkpoints.txt of an export");
        } catch (IOException trouble) {
            throw new OperationFailure.Refused(file + " cannot be read: " + FileTrouble.of(trouble));
        }
    }
}
