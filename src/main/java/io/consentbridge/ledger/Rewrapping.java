package io.consentbridge.ledger;

import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Wraps all keys under a new master key.
 *
 * @param master the number of the new one
 */
record Rewrapping(Keys keys, long master) {

    private static final int BATCH = 1000;

    private record Wrapped(long id, Hash subject, byte[] key, long master) {}

    /** Wraps what is not wrapped yet, in short transactions. */
    int run(Database database) {
        int done = database.transaction(this::secrets);
        for (int page = BATCH; page == BATCH; ) {
            page = database.transaction(this::subjects);
            done += page;
        }
        return done;
    }

    private int secrets(Handle handle) {
        List<String> names = handle.createQuery("select name from ledger_secret where master < :master")
                .bind("master", master)
                .mapTo(String.class)
                .list();
        for (String name : names) {
            byte[] key = handle.createQuery("select wrapped_key, master from ledger_secret where name = :name")
                    .bind("name", name)
                    .map((row, context) -> keys.open(row.getBytes("wrapped_key"), row.getLong("master"), name))
                    .one();
            handle.createUpdate("update ledger_secret set wrapped_key = :wrapped, master = :master where name = :name")
                    .bind("wrapped", keys.known().newest().seal(key, name))
                    .bind("master", master)
                    .bind("name", name)
                    .execute();
        }
        return names.size();
    }

    private int subjects(Handle handle) {
        List<Wrapped> page = handle.createQuery("""
                        select id, subject, wrapped_key, master from ledger_subject
                        where id > 0 and master < :master and wrapped_key is not null order by id fetch first :max rows only
                        """)
                .bind("master", master)
                .bind("max", BATCH)
                .map((row, context) -> new Wrapped(
                        row.getLong("id"),
                        Hash.of(row.getBytes("subject")),
                        row.getBytes("wrapped_key"),
                        row.getLong("master")))
                .list();
        if (page.isEmpty()) {
            return 0;
        }
        // A key that was destroyed meanwhile stays destroyed.
        PreparedBatch batch = handle.prepareBatch("""
                update ledger_subject set wrapped_key = :wrapped, master = :master
                where id = :id and wrapped_key is not null
                """);
        for (Wrapped one : page) {
            SealingKey key = keys.unwrap(one.key(), one.master(), one.subject());
            batch.bind("wrapped", keys.wrap(key, one.subject()))
                    .bind("master", master)
                    .bind("id", one.id())
                    .add();
        }
        batch.execute();
        return page.size();
    }
}
