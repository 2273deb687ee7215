package io.consentbridge.api;

import io.consentbridge.ledger.Keys;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.ledger.LedgerFault;
import io.consentbridge.ledger.StoredCheckpoint;
import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Checkpoint;
import io.consentbridge.proof.LogExport;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.proof.SignedNote;
import io.consentbridge.runtime.Components;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Carries out what is requested of the ledger. */
final class LedgerService {

    private static final int LONGEST_REASON = 1000;
    /** How long an export waits until events that are appended all the time have their numbers. */
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final Keys keys;

    LedgerService(Components.Proofs proofs) {
        this.ledger = proofs.ledger();
        this.keys = proofs.keys();
    }

    LedgerStatusView status() {
        return told(() -> {
            Ledger.Status status = ledger.status();
            return new LedgerStatusView(
                    begun(status),
                    status.verifier().orElseThrow(),
                    status.started().orElseThrow(),
                    status.entries(),
                    status.waiting(),
                    status.checkpoint().map(LedgerService::view).orElse(null),
                    status.targets().stream()
                            .map(target -> new LedgerStatusView.Target(
                                    target.target(),
                                    Math.max(0, target.entries()),
                                    target.takenAt().orElse(null),
                                    target.failure().orElse(null),
                                    target.lackingSince().orElse(null)))
                            .toList(),
                    status.alarm()
                            .map(alarm -> new LedgerStatusView.Alarm(alarm.because(), alarm.since()))
                            .orElse(null));
        });
    }

    /** The name of the ledger. */
    private static String begun(Ledger.Status status) {
        return status.origin()
                .orElseThrow(() ->
                        new OperationFailure.Refused("there is no ledger yet. The first start or sync run begins it"));
    }

    private static LedgerStatusView.Checkpoint view(StoredCheckpoint made) {
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(made.note()).text());
        return new LedgerStatusView.Checkpoint(
                checkpoint.size(), checkpoint.root().base64(), made.madeAt(), made.note());
    }

    LedgerVerified verify(LedgerCheck check) {
        return told(() -> {
            begun(ledger.status());
            LogVerdict verdict = ledger.verify(check.outside());
            if (verdict instanceof LogVerdict.Sound sound) {
                return new LedgerVerified(
                        true,
                        null,
                        List.of(),
                        0,
                        sound.entries(),
                        sound.root().base64(),
                        sound.checkpoints(),
                        sound.outside());
            }
            LogVerdict.Damaged damaged = (LogVerdict.Damaged) verdict;
            return new LedgerVerified(false, damaged.because(), damaged.findings(), damaged.more(), 0, null, 0, 0);
        });
    }

    LedgerExported export(LedgerFolder order) {
        return told(() -> {
            begun(ledger.status());
            ledger.finish(AT_MOST);
            Checkpoint last = LogExport.write(folder(order), ledger.log());
            return new LedgerExported(order.folder(), last.size(), last.root().base64());
        });
    }

    private static Path folder(LedgerFolder order) {
        try {
            return Path.of(order.folder());
        } catch (InvalidPathException unusable) {
            throw new OperationFailure.Refused("this is no name of a folder");
        }
    }

    LedgerAcknowledged acknowledge(LedgerReason reason) {
        String because = reason.because() == null ? "" : reason.because().strip();
        if (because.isEmpty()) {
            throw new OperationFailure.Refused("give the reason: --because TEXT");
        }
        if (because.length() > LONGEST_REASON) {
            throw new OperationFailure.Refused("a reason has at most " + LONGEST_REASON + " characters");
        }
        return told(() -> new LedgerAcknowledged(ledger.acknowledge(because)
                .orElseThrow(() -> new OperationFailure.Refused("there is no alarm of the ledger to acknowledge"))));
    }

    LedgerKeyRotated rotateKey() {
        return told(() -> new LedgerKeyRotated(keys.rotate()));
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (LedgerFault | BrokenProof fault) {
            throw new OperationFailure.Refused(fault.getMessage());
        } catch (UncheckedIOException unwritten) {
            throw new OperationFailure.Refused("the export cannot be written: "
                    + unwritten.getCause().getMessage() + ". Free space on the disk, or name another folder");
        }
    }
}
