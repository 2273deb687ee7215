package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the master key: the setting, else the key file, which the first start writes. The database knows it by a keyed hash, so
 * that a key of another installation is refused.
 */
final class MasterKeys {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);
    private static final String CHECK = "check of the master key";
    private static final String SETTING = "LEDGER_MASTER_KEY";

    private final Database database;
    private final Settings.Ledger settings;
    private final InstantSource clock;

    MasterKeys(Database database, Settings.Ledger settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The keys that this process has, by their number.
     *
     * @param current the number of the newest key of the database
     */
    record Known(Map<Long, SealingKey> keys, long current) {

        Known {
            keys = Map.copyOf(keys);
        }

        /** Whether keys are still wrapped under an earlier master key. */
        boolean rotating() {
            return keys.size() > 1;
        }

        SealingKey newest() {
            return keys.get(current);
        }
    }

    /**
     * The keys of this process.
     *
     * @param create whether a database that has no master key gets one
     * @throws LedgerFault if there is none, or another one than that of the database
     */
    Known find(boolean create) {
        Map<Long, byte[]> checks = checks();
        if (checks.isEmpty()) {
            if (!create) {
                throw new LedgerFault("The ledger has no keys yet. The first start makes them.");
            }
            checks = first();
        }
        Map<Long, SealingKey> keys = new LinkedHashMap<>();
        List<SealingKey> given = given();
        checks.forEach((number, check) -> given.stream()
                .filter(key -> recognised(key, check))
                .findFirst()
                .ifPresent(key -> keys.put(number, key)));
        long current = checks.keySet().stream().max(Long::compare).orElseThrow();
        if (keys.size() < checks.size()) {
            throw new LedgerFault(misfit(given.isEmpty(), checks.size() > 1));
        }
        if (checks.size() == 1) {
            settleFile(keys.get(current));
        }
        return new Known(keys, current);
    }

    /** The key that replaces the current one: that of the setting, else one in a second file, which is made here. */
    SealingKey next() {
        if (settings.masterKey().isPresent()) {
            return settings.nextMasterKey()
                    .orElseThrow(
                            () -> new LedgerFault("The master key is a setting. Set ledger.next-master-key to the new"
                                    + " key, start every process anew, and run the command again."));
        }
        return nextFile().readOrWrite(SealingKey.random());
    }

    /** Names the next key in the database, so that other processes know of it. */
    void announce(Handle handle, long number, SealingKey key) {
        insert(handle, number, key);
    }

    /** Takes the former keys out of the database, once nothing is wrapped under them. */
    void retire(Handle handle, long current) {
        handle.createUpdate("delete from ledger_master where id < :current")
                .bind("current", current)
                .execute();
    }

    /** Makes the second file the first one, if it holds the key of the database. */
    void settleFile(SealingKey current) {
        if (settings.masterKey().isEmpty()
                && nextFile().read().filter(current::equals).isPresent()) {
            nextFile().moveTo(file());
        }
    }

    private Map<Long, byte[]> first() {
        Optional<SealingKey> given = settings.masterKey().or(() -> file().read());
        boolean made = given.isEmpty();
        SealingKey key = given.orElseGet(() -> file().readOrWrite(SealingKey.random()));
        database.change(handle -> insert(handle, 1, key));
        Map<Long, byte[]> checks = checks();
        if (made && recognised(key, checks.get(1L))) {
            LOG.warn(
                    "The master key of the ledger was written to {}. Keep a copy of it apart from the backups of the database:"
                            + " without it nobody can read the evidence",
                    settings.keyFile());
        } else if (made) {
            // Another process was first, with another key.
            file().delete(key);
        }
        return checks;
    }

    private void insert(Handle handle, long number, SealingKey key) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        insert into ledger_master (id, check_value, since) values (:id, :check, :now) on conflict do nothing
                        """)
                .bind("id", number)
                .bind("check", key.subject(CHECK).bytes())
                .bind("now", now)
                .execute();
    }

    private Map<Long, byte[]> checks() {
        Map<Long, byte[]> checks = new TreeMap<>();
        database.query(handle -> handle.createQuery("select id, check_value from ledger_master")
                .map((row, context) -> checks.put(row.getLong("id"), row.getBytes("check_value")))
                .list());
        return checks;
    }

    private List<SealingKey> given() {
        return settings.masterKey().isPresent()
                ? Stream.of(settings.masterKey(), settings.nextMasterKey())
                        .flatMap(Optional::stream)
                        .toList()
                : Stream.of(file().read(), nextFile().read())
                        .flatMap(Optional::stream)
                        .toList();
    }

    private static boolean recognised(SealingKey key, byte[] check) {
        return Arrays.equals(key.subject(CHECK).bytes(), check);
    }

    private String misfit(boolean missing, boolean rotating) {
        String remedy =
                " Set %s to the key with which this database was used before, or copy the file of the process that made it to %s."
                        .formatted(SETTING, settings.keyFile());
        if (rotating) {
            return "The master key of the ledger is being replaced, and this process has only one of the two keys. Give it both:"
                    + " ledger.master-key and ledger.next-master-key, or both key files.";
        }
        return (missing
                        ? "The master key of the ledger is missing: neither ledger.master-key nor the key file gives it."
                        : "The master key of the ledger is not that of this database.")
                + remedy;
    }

    private KeyFile file() {
        return new KeyFile(settings.keyFile());
    }

    private KeyFile nextFile() {
        return new KeyFile(settings.keyFile().resolveSibling(settings.keyFile().getFileName() + ".next"));
    }
}
