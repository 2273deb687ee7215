package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import io.consentbridge.store.Replica;
import io.consentbridge.store.TemporaryFolder;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A database for one preview, with the stored data of the sync's connection. It lies in a folder that only its owner can
 * enter, and is deleted when it is closed.
 */
final class ScratchDatabase implements AutoCloseable {

    private final TemporaryFolder folder;
    private final Database database;

    private ScratchDatabase(TemporaryFolder folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /**
     * Copies everything that a run of the sync reads: whole tables, because readings, the brake and the search for unmatched
     * people cover everybody, and not only the people of a page.
     *
     * @param companions other syncs whose records the run reads
     */
    static ScratchDatabase of(Database installation, Sync sync, Set<String> companions) {
        TemporaryFolder.removeLeft();
        TemporaryFolder folder = TemporaryFolder.make();
        Database database = null;
        try {
            database = Database.scratch(folder.path().resolve("scratch.db"));
            replica(sync, companions).copy(installation, database);
            return new ScratchDatabase(folder, database);
        } catch (RuntimeException | Error failure) {
            if (database != null) {
                database.close();
            }
            folder.close();
            throw failure;
        }
    }

    private static Replica replica(Sync sync, Set<String> companions) {
        String connection = "connection = " + quoted(sync.connection());
        Set<String> syncs = new TreeSet<>(companions);
        syncs.add(sync.name());
        String among = syncs.stream().map(ScratchDatabase::quoted).collect(Collectors.joining(", "));
        Replica replica = new Replica()
                .without(
                        "access_token",
                        "granted_scope",
                        "quota_use",
                        "quota_lock",
                        "consent_ledger",
                        "ledger_decision",
                        "ledger_event",
                        "ledger_subject",
                        "ledger_entry",
                        "ledger_master",
                        "ledger_secret",
                        "ledger_log",
                        "ledger_tile",
                        "ledger_checkpoint",
                        "ledger_target",
                        "confirmation_mail",
                        "confirmation_pace",
                        "confirmation_trial",
                        "purpose_notice",
                        "confirmation_turn",
                        "run_left",
                        "outcome_count",
                        "record_update",
                        "workflow_start",
                        "watched_campaign",
                        "campaign_listing",
                        "campaign_count",
                        "campaign_reaction",
                        "reaction_number",
                        "plan",
                        "plan_line")
                .only("source_record", "sync in (" + among + ")")
                .only("changed_record", "sync in (" + among + ")")
                .only("remaining_record", "sync in (" + among + ")")
                .only("consent_end", "sync in (" + among + ")")
                .only("list_member", "list_id in (select id from mailing_list where " + connection + ")")
                .only("listed_as", "list_id in (select id from mailing_list where " + connection + ")")
                // These are the records that deliveries settle; others are history.
                .only(
                        "outcome",
                        "run in (select id from run_number where run_id in (select run_id from delivery where "
                                + connection + "))");
        for (String table : List.of(
                "connection_state",
                "mailing_list",
                "suppression",
                "unknown_word",
                "former_address",
                "confirmation_request",
                "run",
                "delivery",
                "dead_letter")) {
            replica.only(table, connection);
        }
        return replica;
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
