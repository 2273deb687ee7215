package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.LogCheck;
import io.consentbridge.proof.LogSource;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.proof.NoteFile;
import io.consentbridge.proof.ProofFolder;
import io.consentbridge.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of an installation: it numbers what was appended, makes checkpoints and hands them out, and tells when something
 * does not fit.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** How long one turn of a process that works goes on. */
    private static final Duration TURN = Duration.ofSeconds(20);

    /** How long a command waits for events that were appended before it. */
    private static final Duration UP_TO_DATE = Duration.ofMinutes(2);

    private final Database database;
    private final Settings.Ledger settings;
    private final Keys keys;
    private final Sequencer sequencer;
    private final Checkpoints checkpoints;
    private final Handover handover;
    private final Alarm alarm;
    private final InstantSource clock;
    private volatile boolean told;

    /**
     * @param node the name of this process
     * @param lease after how long without a sign another process goes on with sequencing
     */
    public Ledger(
            Database database, Settings.Ledger settings, Keys keys, InstantSource clock, String node, Duration lease) {
        this.database = database;
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.sequencer = new Sequencer(database, keys, clock, node, lease);
        this.checkpoints = new Checkpoints(database, keys, clock);
        this.alarm = new Alarm(database, clock);
        this.handover = new Handover(database, targets(settings.checkpoints()), clock);
    }

    private static List<CheckpointTarget> targets(Settings.Checkpoints settings) {
        return Stream.<Optional<CheckpointTarget>>of(
                        settings.file().map(CheckpointFile::new),
                        settings.webhook().map(CheckpointWebhook::new),
                        settings.mail().map(CheckpointMail::new))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * How the ledger is doing.
     *
     * @param origin the name of the log; empty before its first start
     * @param verifier its public key, as name+id+key; empty before its first start
     * @param started since when entries are protected; empty before its first start
     * @param entries how many entries it has
     * @param waiting how many events have no number yet
     * @param checkpoint the last one; empty for none
     * @param targets how the targets outside are doing
     * @param alarm what does not fit; empty if all does
     */
    public record Status(
            Optional<String> origin,
            Optional<String> verifier,
            Optional<Instant> started,
            long entries,
            long waiting,
            Optional<StoredCheckpoint> checkpoint,
            List<Target> targets,
            Optional<Alarm.Raised> alarm) {}

    /**
     * How a target of checkpoints is doing.
     *
     * @param target its word: file, webhook or mail
     * @param entries how many entries the last checkpoint covers that it has; -1 for none
     * @param takenAt when it got that; empty for never
     * @param failure why it cannot be reached; empty if it can
     * @param lackingSince when the oldest checkpoint was made that it does not take; empty if it can be reached
     */
    public record Target(
            String target,
            long entries,
            Optional<Instant> takenAt,
            Optional<String> failure,
            Optional<Instant> lackingSince) {}

    /**
     * Makes sure that this process has the keys, and looks at the end of the log. A flaw raises the alarm.
     *
     * @throws LedgerFault if the master key is missing or another one
     */
    public void begin() {
        keys.begin();
        if (keys.known().rotating()) {
            keys.resume();
        }
        alarm.watch(() -> new LogTail(database).check(lastOutside()));
        alarm.watch(this::requireSeal);
    }

    /** Takes sequencing over: for the start of a process that has its database alone, so that the process before it is gone. */
    public void abandonAll() {
        database.change(LogRows::free);
    }

    /** Numbers what was appended, makes a checkpoint if one is due, and hands it out. For the background of a process. */
    public void turn() {
        run(clock.instant().plus(TURN), false);
    }

    /**
     * Numbers everything that was appended, and makes a checkpoint; at the end of a command that appended. Another process may go on
     * at once.
     */
    public void finish(Duration atMost) {
        run(clock.instant().plus(atMost), true);
        sequencer.giveBack();
    }

    private void run(Instant until, boolean atOnce) {
        try {
            if (sequencer.isOthers()) {
                return;
            }
            alarm.watch(() -> sequencer.run(until));
            if (alarm.raised().isEmpty()) {
                alarm.watch(() -> checkpoints.make(atOnce));
            }
            handover.run();
            told = false;
        } catch (LedgerFault fault) {
            if (!told) {
                LOG.error("The ledger takes events, but cannot seal them. {}", fault.getMessage());
            }
            told = true;
        }
    }

    /**
     * Verifies the whole log, after it was brought up to date. A flaw raises the alarm.
     *
     * @param outside notes of checkpoints that were kept elsewhere; those in the file of the settings are compared in any case
     */
    public LogVerdict verify(List<String> outside) {
        finish(Duration.ofHours(1));
        List<String> notes = new ArrayList<>(outside);
        notes.addAll(outside());
        LogVerdict verdict = LogCheck.verify(log(), notes);
        Optional<String> dropped = flaw(this::requireSeal);
        if (verdict instanceof LogVerdict.Damaged damaged) {
            verdict = dropped.map(damaged::and).orElse(damaged);
        } else {
            // What lies behind the end of the log, and no verification of its entries meets.
            List<String> flaws = Stream.of(flaw(() -> new LogTail(database).check(Optional.empty())), dropped)
                    .flatMap(Optional::stream)
                    .toList();
            verdict = flaws.isEmpty() ? verdict : new LogVerdict.Damaged(flaws, 0);
        }
        if (verdict instanceof LogVerdict.Damaged damaged) {
            alarm.raise(damaged.because());
        }
        return verdict;
    }

    private void requireSeal() {
        CheckpointSeal seal = new CheckpointSeal(keys);
        database.query(handle -> {
            seal.require(handle);
            return seal;
        });
    }

    private static Optional<String> flaw(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (BrokenProof flaw) {
            return Optional.of(flaw.getMessage());
        }
    }

    /** The log, for exports and proofs. */
    public LogSource log() {
        return new StoredLog(database);
    }

    /**
     * Writes the entries about one person with their evidence and their proofs into a folder that exists, after the log was brought
     * up to date; {@link ProofFolder} names the files.
     *
     * @return how many entries there are
     * @throws LedgerFault if this process does not have the master key
     */
    public int writeProofs(Person person, Path folder) throws IOException {
        finish(UP_TO_DATE);
        List<ProofFolder.Proved> entries = new PersonProofs(database, keys).of(person);
        ProofFolder.write(folder, entries, log().keys());
        return entries.size();
    }

    /**
     * Ends the alarm, and puts that into the ledger.
     *
     * @param because why it may end, in the operator's words
     * @return what did not fit; empty if there was no alarm
     * @throws LedgerFault if this process does not have the master key
     */
    public Optional<String> acknowledge(String because) {
        return alarm.acknowledge(because, new CheckpointSeal(keys));
    }

    /**
     * Deletes checkpoints that were made before an instant, but for the last of each day, the newest one, those that a place outside
     * has not got, and those that an acknowledgement refers to. Deletes none while an alarm stands. A flaw raises the alarm.
     *
     * @return how many were deleted
     */
    public int pruneCheckpoints(Instant before) {
        if (database.query(LogRows::origin).isEmpty() || alarm.raised().isPresent()) {
            return 0;
        }
        int[] deleted = {0};
        try {
            OldCheckpoints old = new OldCheckpoints(database, new CheckpointSeal(keys));
            alarm.watch(() -> deleted[0] = old.delete(before, handover.handed()));
        } catch (LedgerFault untold) {
            // The turn of the ledger tells it.
        }
        return deleted[0];
    }

    /** What does not fit; empty if all does. */
    public Optional<Alarm.Raised> alarm() {
        return alarm.raised();
    }

    /** How the ledger is doing. */
    public Status status() {
        Optional<String> origin = database.query(LogRows::origin);
        return new Status(
                origin,
                log().keys().stream().map(Object::toString).findFirst(),
                origin.map(begun -> database.query(LogRows::started)),
                database.query(LogRows::origin).isEmpty() ? 0 : log().size(),
                database.query(LogRows::waiting),
                database.query(CheckpointRows::last),
                targets(),
                alarm.raised());
    }

    /** How the targets outside are doing. */
    public List<Target> targets() {
        return handover.states().stream()
                .map(state -> new Target(
                        state.target(),
                        state.size(),
                        state.takenAt(),
                        state.failure(),
                        state.failure().flatMap(failure -> handover.lackingSince(state))))
                .toList();
    }

    private List<String> outside() {
        return ofFile(List.of(), file -> file.notes(NoteFile.ENOUGH));
    }

    private Optional<String> lastOutside() {
        return ofFile(Optional.empty(), CheckpointFile::last);
    }

    /** Reads the file of checkpoints that the settings name. */
    private interface Reading<T> {
        T of(CheckpointFile file) throws IOException;
    }

    private <T> T ofFile(T none, Reading<T> reading) {
        try {
            Optional<Path> file = settings.checkpoints().file();
            return file.isEmpty() ? none : reading.of(new CheckpointFile(file.get()));
        } catch (IOException unreadable) {
            LOG.warn("The file of checkpoints cannot be read, so the ledger is not compared with it");
            return none;
        }
    }
}
