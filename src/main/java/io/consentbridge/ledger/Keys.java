package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.proof.SigningKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The keys of the ledger. One for each person seals their evidence; one signs checkpoints; one recognises suppressed people who
 * were erased. All of them lie in the database, wrapped under the master key, which does not.
 *
 * <p>Threads may share it. The master key is looked for when it is first needed.
 */
public final class Keys {

    private static final String SIGNING = "signing";
    private static final String OWN = "own";
    private static final String SUPPRESSION = "suppression";
    private static final String CHECKPOINTS = "checkpoints";

    private final Database database;
    private final MasterKeys masters;
    private final InstantSource clock;
    private volatile MasterKeys.Known known;

    public Keys(Database database, Settings.Ledger settings, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.masters = new MasterKeys(database, settings, clock);
    }

    /**
     * Makes sure that this process has the master key; a database that has none gets one.
     *
     * @throws LedgerFault if the key is missing or another one; the message says what to do
     */
    public synchronized void begin() {
        known = masters.find(true);
        String origin = database.query(LogRows::origin).orElseGet(Keys::newOrigin);
        SigningKey signing = signingKey(origin);
        Instant now = clock.instant();
        CheckpointSeal seal = new CheckpointSeal(this);
        database.change(handle -> {
            if (LogRows.begin(handle, origin, signing, now)) {
                seal.renew(handle);
            }
        });
    }

    private static String newOrigin() {
        return "consentbridge-" + UUID.randomUUID();
    }

    /** The keyed hash by which a suppressed person is recognised after they were erased. */
    public Hash suppressionOf(Person person) {
        return suppressionKey().subject(person.address());
    }

    /** The key of {@link #suppressionOf}, for many people. */
    public SealingKey suppressionKey() {
        return SealingKey.of(secret(SUPPRESSION, () -> SealingKey.random().bytes()));
    }

    /** Seals the evidence of events that are about no person. */
    SealingKey ownKey() {
        return SealingKey.of(secret(OWN, () -> SealingKey.random().bytes()));
    }

    /** The key of {@link CheckpointSeal}. */
    SealingKey checkpointKey() {
        return SealingKey.of(secret(CHECKPOINTS, () -> SealingKey.random().bytes()));
    }

    /**
     * The key that signs checkpoints.
     *
     * @param origin the name of the log
     */
    SigningKey signingKey(String origin) {
        return SigningKey.of(
                origin, secret(SIGNING, () -> SigningKey.generate(origin).bytes()));
    }

    /**
     * Destroys the keys and the evidence of people, within the caller's transaction: what the ledger says of them can be verified,
     * but not read any more. An event of the erasure has to be appended before.
     */
    public void destroy(Handle handle, Collection<Person> people) {
        // A batch of events that is being sealed becomes visible as a whole before, or begins after.
        LogRows.lock(handle);
        PersonNumbers numbers = PersonNumbers.known(handle, people);
        SubjectRows.destroy(handle, numbers);
    }

    /**
     * Replaces the master key: every wrapped key is wrapped anew, in short transactions. A call after a process that died goes on
     * where that one ended.
     *
     * @return how many keys were wrapped anew
     * @throws LedgerFault if this process does not have both keys
     */
    public synchronized int rotate() {
        known = masters.find(false);
        if (!known.rotating()) {
            long number = known.current() + 1;
            SealingKey next = masters.next();
            if (next.equals(known.newest())) {
                throw new LedgerFault("ledger.next-master-key is the key in use. Set it to a new one.");
            }
            database.change(handle -> {
                // What is being wrapped under the former key is stored before, and is wrapped anew with the rest.
                LogRows.lock(handle);
                masters.announce(handle, number, next);
            });
            known = masters.find(false);
        }
        return finishRotation();
    }

    /** Goes on with a replacement of the master key that another process began, if this one has both keys. */
    synchronized void resume() {
        known = masters.find(false);
        if (known.rotating()) {
            finishRotation();
        }
    }

    private int finishRotation() {
        MasterKeys.Known both = known;
        int wrapped = new Rewrapping(this, both.current()).run(database);
        database.change(handle -> {
            masters.retire(handle, both.current());
            LedgerRows.append(handle, List.of(rotated()));
        });
        known = new MasterKeys.Known(Map.of(both.current(), both.newest()), both.current());
        masters.settleFile(known.newest());
        return wrapped;
    }

    private LedgerEvent rotated() {
        return LedgerEvent.byOperator(EventKind.ROTATED, null, "", Map.of(), clock.instant());
    }

    /** Whether the newest master key of the database is the one that this process takes for it. */
    boolean isCurrent(Handle handle) {
        return isCurrent(handle, known());
    }

    private static boolean isCurrent(Handle handle, MasterKeys.Known keys) {
        return handle.createQuery("select max(id) from ledger_master")
                .mapTo(Long.class)
                .findOne()
                .filter(number -> number == keys.current())
                .isPresent();
    }

    /** The master key under which new keys are wrapped, if this process has it. */
    MasterKeys.Known known() {
        MasterKeys.Known found = known;
        if (found == null) {
            synchronized (this) {
                if (known == null) {
                    known = masters.find(false);
                }
                found = known;
            }
        }
        return found;
    }

    /**
     * Opens what is wrapped under a master key.
     *
     * @throws LedgerFault if this process does not have that key, or the bytes were changed
     */
    SealingKey unwrap(byte[] wrapped, long master, Hash subject) {
        return SealingKey.of(open(wrapped, master, person(subject)));
    }

    byte[] wrap(SealingKey key, Hash subject) {
        return known().newest().seal(key.bytes(), person(subject));
    }

    private static String person(Hash subject) {
        return "person " + subject.hex();
    }

    byte[] open(byte[] wrapped, long master, String context) {
        SealingKey key = master(master);
        try {
            return key.open(wrapped, context);
        } catch (BrokenProof changed) {
            throw new LedgerFault("A wrapped key of the ledger was changed. Restore a backup of the database.");
        }
    }

    private SealingKey master(long number) {
        return Optional.ofNullable(known().keys().get(number))
                .or(() -> Optional.ofNullable(lookAgain().keys().get(number)))
                .orElseThrow(Keys::replaced);
    }

    private static LedgerFault replaced() {
        return new LedgerFault(
                "The master key of the ledger was replaced. Give this process the new one, and start it anew.");
    }

    /** Another process has replaced the master key since this one looked for it. */
    private MasterKeys.Known lookAgain() {
        try {
            MasterKeys.Known found = masters.find(false);
            known = found;
            return found;
        } catch (LedgerFault without) {
            throw replaced();
        }
    }

    private byte[] secret(String name, Supplier<byte[]> fresh) {
        Function<Handle, List<byte[]>> stored =
                handle -> handle.createQuery("select wrapped_key, master from ledger_secret where name = :name")
                        .bind("name", name)
                        .map((row, context) -> open(row.getBytes("wrapped_key"), row.getLong("master"), name))
                        .list();
        List<byte[]> there = database.query(stored);
        if (!there.isEmpty()) {
            return there.get(0);
        }
        return made(known(), name, fresh, stored)
                .or(() -> made(lookAgain(), name, fresh, stored))
                .orElseThrow(() ->
                        new LedgerFault("The master key of the ledger is being replaced at this moment. Try again."));
    }

    /** Stores a secret, unless it is there; empty if these master keys were replaced. */
    private Optional<byte[]> made(
            MasterKeys.Known masterKeys, String name, Supplier<byte[]> fresh, Function<Handle, List<byte[]>> stored) {
        byte[] wrapped = masterKeys.newest().seal(fresh.get(), name);
        return database.transaction(handle -> {
            LogRows.lock(handle);
            if (!isCurrent(handle, masterKeys)) {
                return Optional.empty();
            }
            handle.createUpdate("""
                            insert into ledger_secret (name, wrapped_key, master) values (:name, :wrapped, :master)
                            on conflict do nothing
                            """)
                    .bind("name", name)
                    .bind("wrapped", wrapped)
                    .bind("master", masterKeys.current())
                    .execute();
            return Optional.of(stored.apply(handle).get(0));
        });
    }
}
