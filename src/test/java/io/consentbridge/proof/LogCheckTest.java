package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.proof.LogVerdict.Damaged;
import io.consentbridge.proof.LogVerdict.Sound;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogCheckTest {

    private final SampleLog log = SampleLog.sample();

    @Test
    @DisplayName("A log that nobody touched is sound, with entries after its last checkpoint too")
    void sound() {
        log.grow(700);

        LogVerdict verdict = LogCheck.verify(log, log.notes());

        assertThat(verdict)
                .isEqualTo(new Sound(
                        700,
                        log.edge().root(),
                        4,
                        Optional.of(Checkpoint.parse(
                                SignedNote.parse(log.notes().get(3)).text())),
                        4));
        assertThat(LogCheck.verify(new SampleLog(), List.of()))
                .isEqualTo(new Sound(0, Hash.EMPTY_TREE, 0, Optional.empty(), 0));
    }

    @Test
    @DisplayName("An entry that was changed is named")
    void changedEntry() {
        byte[] forged = SampleLog.entry(18);

        assertThat(damage(new Touched(log) {
                    @Override
                    public void entries(long size, EachEntry each) {
                        super.entries(size, (number, entry) -> each.receive(number, number == 17 ? forged : entry));
                    }
                }))
                .isEqualTo("Entry 17 has the hash " + Hash.leaf(forged) + ", which is not the one in tile/0/000.");
    }

    @Test
    @DisplayName("An entry that was dropped or inserted is named")
    void droppedEntry() {
        assertThat(damage(new Touched(log) {
                    @Override
                    public void entries(long size, EachEntry each) {
                        super.entries(size, (number, entry) -> {
                            if (number != 299) {
                                each.receive(number, entry);
                            }
                        });
                    }
                }))
                .isEqualTo("Entry 299 is missing.");
        assertThat(damage(new Touched(log) {
                    @Override
                    public void entries(long size, EachEntry each) {
                        super.entries(size, (number, entry) -> {
                            each.receive(number, entry);
                            if (number == 40) {
                                each.receive(number, entry);
                            }
                        });
                    }
                }))
                .isEqualTo("Entry 40 is there twice.");
    }

    @Test
    @DisplayName("Entries, hashes and tiles that were changed together are found by the next checkpoint")
    void rewritten() {
        SampleLog rewritten = new SampleLog();
        rewritten.grow(200);
        rewritten.append(SampleLog.entry(1));
        rewritten.grow(300);
        rewritten.notes().addAll(log.notes());

        assertThat(damage(rewritten))
                .startsWith("Checkpoint 3 (256 entries) states the root ")
                .endsWith(" The last that fits is: Checkpoint 2 (120 entries), so the first entry that can be wrong is"
                        + " 120.");
    }

    @Test
    @DisplayName("A tile above the entries that was changed is named")
    void changedTile() {
        assertThat(damage(new Touched(log) {
                    @Override
                    public byte[] hashes(int level, long index, int width) {
                        return level == 1 ? new byte[width * Hash.LENGTH] : super.hashes(level, index, width);
                    }
                }))
                .isEqualTo("The tile/1/000.p/1 does not hold the hashes that follow from the entries up to 255.");
    }

    @Test
    @DisplayName("Checkpoints that were changed, swapped, dropped, or signed by another key are named")
    void checkpoints() {
        List<String> swapped = new ArrayList<>(log.notes());
        java.util.Collections.swap(swapped, 1, 2);
        assertThat(damage(with(swapped)))
                .isEqualTo("Checkpoint 3 (120 entries) does not extend the one before it, which has 256 entries.");

        List<String> changed = new ArrayList<>(log.notes());
        changed.set(1, changed.get(1).replace("\n120\n", "\n121\n"));
        assertThat(damage(with(changed)))
                .isEqualTo("Checkpoint 2 carries a wrong signature: it was changed after it was signed.");

        Checkpoint last = Checkpoint.parse(SignedNote.parse(log.notes().get(3)).text());
        String other = SampleLog.key("other").sign(last.text()).note();
        assertThat(damage(with(List.of(other))))
                .startsWith("Checkpoint 1 is not signed by a key of this ledger. Its keys are: example.com/");

        String elsewhere = log.key()
                .sign(new Checkpoint("example.org/x", 3, Hash.EMPTY_TREE).text())
                .note();
        assertThat(damage(with(List.of(elsewhere)))).isEqualTo("Checkpoint 1 is of another ledger, example.org/x.");

        String beyond = log.key()
                .sign(new Checkpoint(SampleLog.ORIGIN, 301, Hash.EMPTY_TREE).text())
                .note();
        assertThat(damage(with(List.of(beyond))))
                .isEqualTo("Checkpoint 1 (301 entries) covers more entries than the 300 of the ledger.");
    }

    @Test
    @DisplayName("Everything that does not fit is told, the first first, and nothing that only follows from it")
    void allFindings() {
        byte[] forged = SampleLog.entry(18);
        List<String> notes = new ArrayList<>(log.notes());
        notes.set(1, notes.get(1).replace("\n120\n", "\n121\n"));

        Damaged damaged = (Damaged) LogCheck.verify(
                new Touched(log) {
                    @Override
                    public Iterator<String> checkpoints() {
                        return notes.iterator();
                    }

                    @Override
                    public void entries(long size, EachEntry each) {
                        super.entries(size, (number, entry) -> {
                            if (number == 17) {
                                each.receive(number, forged);
                            } else if (number != 200 && number != 201) {
                                each.receive(number, entry);
                            }
                            if (number == 270) {
                                each.receive(number, entry);
                            }
                        });
                    }

                    @Override
                    public byte[] hashes(int level, long index, int width) {
                        return level == 1 ? new byte[width * Hash.LENGTH] : super.hashes(level, index, width);
                    }
                },
                List.of("no note", log.notes().get(3)));

        assertThat(damaged.findings())
                .containsExactly(
                        "A signed note has a text, an empty line, and at least one signature line.",
                        "Checkpoint 2 carries a wrong signature: it was changed after it was signed.",
                        "Entry 17 has the hash " + Hash.leaf(forged) + ", which is not the one in tile/0/000.",
                        "Entry 200 is missing.",
                        "Entry 201 is missing.",
                        "The tile/1/000.p/1 does not hold the hashes that follow from the entries up to 255.",
                        "Entry 270 is there twice.");
        assertThat(damaged.because()).isEqualTo(damaged.findings().get(0));
        assertThat(damaged.more()).isZero();
    }

    @Test
    @DisplayName("A tile that is gone is one finding, not one for each of its entries")
    void goneTile() {
        Damaged damaged = (Damaged) LogCheck.verify(
                new Touched(log) {
                    @Override
                    public byte[] hashes(int level, long index, int width) {
                        if (level == 0 && index == 0) {
                            throw new BrokenProof("The tile/0/000 of the ledger is gone.");
                        }
                        return super.hashes(level, index, width);
                    }
                },
                log.notes());

        assertThat(damaged).isEqualTo(new Damaged(List.of("The tile/0/000 of the ledger is gone."), 0));
    }

    @Test
    @DisplayName("No more than twenty findings are told, and how many more there are")
    void manyFindings() {
        Damaged damaged = (Damaged) LogCheck.verify(
                new Touched(log) {
                    @Override
                    public void entries(long size, EachEntry each) {
                        super.entries(size, (number, entry) -> {
                            if (number % 10 != 0) {
                                each.receive(number, entry);
                            }
                        });
                    }
                },
                List.of());

        assertThat(damaged.findings())
                .hasSize(20)
                .startsWith("Entry 0 is missing.", "Entry 10 is missing.")
                .endsWith("Entry 190 is missing.");
        assertThat(damaged.more()).isEqualTo(10);
    }

    @Test
    @DisplayName("A database restored from yesterday is found by a newer checkpoint from outside")
    void restored() {
        SampleLog yesterday = new SampleLog();
        yesterday.grow(120);
        yesterday.checkpoint();

        assertThat(((Damaged) LogCheck.verify(yesterday, log.notes())).findings())
                .containsExactly(
                        "Checkpoint 3 from outside (256 entries) covers more entries than the 120 of the"
                                + " ledger: the database was cut or restored from an old copy.",
                        "Checkpoint 4 from outside (300 entries) covers more entries than the 120 of the"
                                + " ledger: the database was cut or restored from an old copy.");
    }

    private LogSource with(List<String> notes) {
        return new Touched(log) {
            @Override
            public Iterator<String> checkpoints() {
                return notes.iterator();
            }
        };
    }

    private static String damage(LogSource log) {
        return ((Damaged) LogCheck.verify(log, List.of())).because();
    }

    /** The log, of which a test changes something. */
    private static class Touched implements LogSource {

        private final SampleLog log;

        Touched(SampleLog log) {
            this.log = log;
        }

        @Override
        public List<VerifierKey> keys() {
            return log.keys();
        }

        @Override
        public long size() {
            return log.size();
        }

        @Override
        public Iterator<String> checkpoints() {
            return log.checkpoints();
        }

        @Override
        public void entries(long size, EachEntry each) {
            log.entries(size, each);
        }

        @Override
        public byte[] hashes(int level, long index, int width) {
            return log.hashes(level, index, width);
        }
    }
}
