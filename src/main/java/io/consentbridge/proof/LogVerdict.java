package io.consentbridge.proof;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the verification of a log found. */
public sealed interface LogVerdict {

    /**
     * Everything fits.
     *
     * @param entries how many entries the log has
     * @param root the root over all of them
     * @param checkpoints how many checkpoints it has
     * @param last the last checkpoint; empty if there is none yet
     * @param outside how many checkpoints from outside were compared
     */
    record Sound(long entries, Hash root, long checkpoints, Optional<Checkpoint> last, int outside)
            implements LogVerdict {}

    /**
     * Something does not fit.
     *
     * @param findings what does not, as sentences in the order in which it was found; the first {@value LogFindings#MOST} of it,
     *     and at least one
     * @param more how many findings there are beside these
     */
    record Damaged(List<String> findings, long more) implements LogVerdict {

        public Damaged {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("a log is not damaged without a finding");
            }
        }

        /** The first thing that does not fit. */
        public String because() {
            return findings.get(0);
        }

        /** The same with one more finding, at the end. */
        public Damaged and(String finding) {
            return findings.size() < LogFindings.MOST
                    ? new Damaged(
                            Stream.concat(findings.stream(), Stream.of(finding)).toList(), more)
                    : new Damaged(findings, more + 1);
        }
    }
}
