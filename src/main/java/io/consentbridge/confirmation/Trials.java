package io.consentbridge.confirmation;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Trials of asking, with an address of the operator's, which is not stored. A trial asks nobody else, and is no request: it
 * counts nowhere.
 */
public final class Trials {

    private static final int MOST = 10;

    private final Database database;

    public Trials(Database database) {
        this.database = database;
    }

    /**
     * A trial.
     *
     * @param tokenHash the hash of the token in its mail; a salted hash of the address where Campaigns asks
     * @param agreed what was answered; empty while nothing was
     * @param answeredAt when it was answered
     */
    public record Trial(
            String purpose,
            String statementVersion,
            String tokenHash,
            Instant sentAt,
            Optional<Boolean> agreed,
            Optional<Instant> answeredAt) {}

    /** Stores a trial before its mail is sent, or when Campaigns was told to ask. */
    public void begin(String purpose, String statementVersion, String tokenHash, Instant at) {
        database.change(handle -> handle.createUpdate("""
                        insert into confirmation_trial (purpose, statement_version, token_hash, sent_at)
                        values (:purpose, :version, :hash, :at)
                        """)
                .bind("purpose", purpose)
                .bind("version", statementVersion)
                .bind("hash", tokenHash)
                .bind("at", at)
                .execute());
    }

    /** Returns the trial of a token. */
    public Optional<Trial> byToken(String tokenHash) {
        return database.query(handle -> handle.createQuery("""
                        select purpose, statement_version, token_hash, sent_at, agreed, answered_at from confirmation_trial
                        where token_hash = :hash
                        """)
                .bind("hash", tokenHash)
                .map(Trials::trial)
                .findOne());
    }

    /** The trials of a purpose and its wording, the latest ones, the last one first. */
    public List<Trial> begun(String purpose, String statementVersion) {
        return database.query(handle -> handle.createQuery("""
                        select purpose, statement_version, token_hash, sent_at, agreed, answered_at from confirmation_trial
                        where purpose = :purpose and statement_version = :version
                        order by sent_at desc, id desc fetch first :max rows only
                        """)
                .bind("purpose", purpose)
                .bind("version", statementVersion)
                .bind("max", MOST)
                .map(Trials::trial)
                .list());
    }

    /** Returns the latest trial of a purpose that was answered. */
    public Optional<Trial> lastAnswered(String purpose) {
        return database.query(handle -> handle.createQuery("""
                        select purpose, statement_version, token_hash, sent_at, agreed, answered_at from confirmation_trial
                        where purpose = :purpose and answered_at is not null
                        order by sent_at desc, id desc fetch first :max rows only
                        """)
                .bind("purpose", purpose)
                .bind("max", 1)
                .map(Trials::trial)
                .findOne());
    }

    /** Takes an answer; the first one stays. Returns whether it was taken now. */
    public boolean answer(String tokenHash, boolean agreed, Instant at) {
        return database.transaction(handle -> handle.createUpdate("""
                        update confirmation_trial set agreed = :agreed, answered_at = :at
                        where token_hash = :hash and answered_at is null
                        """)
                        .bind("agreed", agreed)
                        .bind("at", at)
                        .bind("hash", tokenHash)
                        .execute()
                == 1);
    }

    private static Trial trial(ResultSet row, StatementContext context) throws SQLException {
        return new Trial(
                row.getString("purpose"),
                row.getString("statement_version"),
                row.getString("token_hash"),
                Columns.instant(row, "sent_at"),
                Optional.ofNullable(Columns.flag(row, "agreed")),
                Columns.optionalInstant(row, "answered_at"));
    }
}
