package io.consentbridge.cli;

import io.consentbridge.api.LedgerAcknowledged;
import io.consentbridge.api.LedgerExported;
import io.consentbridge.api.LedgerKeyRotated;
import io.consentbridge.api.LedgerStatusView;
import io.consentbridge.api.LedgerVerified;
import java.io.PrintWriter;

/** Lays out the state of the ledger and what was done with it. */
final class LedgerText {

    private final Words words;

    LedgerText(Words words) {
        this.words = words;
    }

    void show(LedgerStatusView status, PrintWriter out) {
        out.println("Ledger " + status.origin());
        out.println("entries     " + Words.number(status.entries())
                + (status.waiting() == 0
                        ? ""
                        : ", and " + Words.count(status.waiting(), "event") + " without a number yet"));
        out.println("protected   since " + words.time(null, status.protectedSince()));
        if (status.checkpoint() == null) {
            out.println("checkpoint  none yet");
        } else {
            out.println("checkpoint  over " + entries(status.checkpoint().size()) + ", "
                    + words.time(null, status.checkpoint().at()));
            out.println("root        " + status.checkpoint().root());
        }
        out.println("key         " + status.key());
        status.targets().forEach(target -> show(target, out));
        if (status.targets().isEmpty()) {
            out.println(
                    "outside     nowhere. Without a copy outside of this machine, its operator could rewrite the whole"
                            + " ledger: set ledger.checkpoints.file, ledger.checkpoints.webhook or ledger.checkpoints.mail.");
        }
        if (status.alarm() != null) {
            out.println();
            out.println("ALARM since " + words.time(null, status.alarm().since()) + ": "
                    + Visible.line(status.alarm().because()));
            out.println("Nobody is subscribed until it is acknowledged. Find the cause first (docs/ledger.md), then:");
            out.println("  consentbridge ledger acknowledge --because TEXT");
        }
    }

    private void show(LedgerStatusView.Target target, PrintWriter out) {
        String taken = target.at() == null
                ? "nothing yet"
                : "up to " + entries(target.size()) + ", " + words.time(null, target.at());
        out.println("outside     " + target.target() + ": " + taken
                + (target.failure() == null
                        ? ""
                        : "; takes none since " + words.time(null, target.lackingSince()) + ": "
                                + Visible.line(target.failure())));
        if (target.failure() != null) {
            out.println("            Mend ledger.checkpoints." + target.target()
                    + ", or take the setting away. Until then nobody outside can prove what was entered since, and old"
                    + " checkpoints are not deleted.");
        }
    }

    static void show(LedgerVerified verified, PrintWriter out) {
        if (!verified.sound()) {
            out.println("The ledger does not fit: " + Visible.line(verified.because()));
            verified.findings().stream().skip(1).forEach(finding -> out.println("  also: " + Visible.line(finding)));
            if (verified.more() > 0) {
                out.println("  and " + Words.number(verified.more()) + " more");
            }
            return;
        }
        out.println("The ledger fits: %s, %s."
                .formatted(entries(verified.entries()), Words.count(verified.checkpoints(), "checkpoint")));
        out.println("root  " + verified.root());
        out.println(
                verified.outside() == 0
                        ? "No checkpoint from outside was compared. Without one, a ledger that was rewritten as a whole fits as"
                                + " well: --against FILE."
                        : "It agrees with " + Words.count(verified.outside(), "checkpoint") + " from outside.");
    }

    static void show(LedgerExported exported, PrintWriter out) {
        out.println("Exported %s to %s".formatted(entries(exported.entries()), exported.folder()));
        out.println("root  " + exported.root());
        out.println(
                "Check it anywhere with a JDK: java %s/Verify.java %s".formatted(exported.folder(), exported.folder()));
    }

    static void show(LedgerAcknowledged done, PrintWriter out) {
        out.println("Acknowledged, and people are subscribed again. The alarm was: " + Visible.line(done.alarm()));
    }

    static void show(LedgerKeyRotated rotated, PrintWriter out) {
        out.println("The master key was replaced. Wrapped anew: " + Words.count(rotated.keys(), "key") + ".");
    }

    private static String entries(long number) {
        return Words.number(number) + (number == 1 ? " entry" : " entries");
    }
}
