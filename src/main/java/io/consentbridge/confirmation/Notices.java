package io.consentbridge.confirmation;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Optional;

/** The privacy notices of purposes, as they were when an operator fetched them. */
public final class Notices {

    private final Database database;

    public Notices(Database database) {
        this.database = database;
    }

    /**
     * A notice.
     *
     * @param hash SHA-256 of its bytes, in hexadecimal digits
     */
    public record Notice(String purpose, String url, String hash, long bytes, Instant fetchedAt) {}

    /** Stores a notice beside the earlier ones. */
    public void keep(Notice notice) {
        database.change(handle -> handle.createUpdate("""
                        insert into purpose_notice (purpose, url, hash, bytes, fetched_at)
                        values (:purpose, :url, :hash, :bytes, :at)
                        """)
                .bind("purpose", notice.purpose())
                .bind("url", notice.url())
                .bind("hash", notice.hash())
                .bind("bytes", notice.bytes())
                .bind("at", notice.fetchedAt())
                .execute());
    }

    /** Returns the notice that was in force at an instant: the latest one fetched until then. */
    public Optional<Notice> at(String purpose, Instant instant) {
        return database.query(handle -> handle.createQuery("""
                        select purpose, url, hash, bytes, fetched_at from purpose_notice
                        where purpose = :purpose and fetched_at <= :at
                        order by fetched_at desc, id desc fetch first :max rows only
                        """)
                .bind("max", 1)
                .bind("purpose", purpose)
                .bind("at", instant)
                .map((row, context) -> new Notice(
                        row.getString("purpose"),
                        row.getString("url"),
                        row.getString("hash"),
                        row.getLong("bytes"),
                        Columns.instant(row, "fetched_at")))
                .findOne());
    }
}
