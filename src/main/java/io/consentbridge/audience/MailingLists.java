package io.consentbridge.audience;

import io.consentbridge.consent.ListName;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The mailing lists of purposes, and when they were read.
 *
 * <p>{@link Members} and {@link Suppressions} record when their people were read.
 */
public final class MailingLists {

    private final Database database;

    public MailingLists(Database database) {
        this.database = database;
    }

    /**
     * The list with that name, stored if it is new.
     *
     * @param createAs stored with it; replaces an earlier value
     */
    public MailingList remember(String connection, String name, Optional<SignupForm> createAs) {
        String form = createAs.map(MailingLists::word).orElse(null);
        return database.transaction(handle -> {
            Optional<MailingList> known = byName(handle, connection, name);
            if (known.isPresent() && known.get().createAs().equals(createAs)) {
                return known.get();
            }
            String statement = known.isPresent()
                    ? "update mailing_list set create_as = :form where connection = :connection and name = :name"
                    : "insert into mailing_list (connection, name, create_as) values (:connection, :name, :form)";
            handle.createUpdate(statement)
                    .bind("connection", connection)
                    .bind("name", known.map(MailingList::name).orElse(name))
                    .bind("form", form)
                    .execute();
            return byName(handle, connection, name).orElseThrow();
        });
    }

    /** The list with that name; empty if no run was ever bound to one. */
    public Optional<MailingList> named(String connection, String name) {
        return database.query(handle -> byName(handle, connection, name));
    }

    /** Stores the sign-up form by the purpose that names the list. */
    public void expect(long listId, SignupForm form) {
        database.change(handle -> handle.createUpdate("update mailing_list set form = :form where id = :id")
                .bind("form", word(form))
                .bind("id", listId)
                .execute());
    }

    /**
     * Renames a known list: a purpose names a list whose key is known under another name, since a person has followed a
     * renamed list. What is known of it, and its deliveries, have the new name from now on. Does nothing if a list with the
     * new name has a history of its own.
     */
    public void follow(String connection, String key, String newName) {
        database.change(handle -> {
            List<MailingList> all = handle.createQuery(
                            "select * from mailing_list where connection = :connection order by id for update")
                    .bind("connection", connection)
                    .map(MailingLists::row)
                    .list();
            Optional<MailingList> renamed = all.stream()
                    .filter(list -> list.key().filter(key::equals).isPresent())
                    .findFirst();
            Optional<MailingList> taken = all.stream()
                    .filter(list -> ListName.same(list.name(), newName))
                    .findFirst();
            if (renamed.isPresent()
                    && !renamed.equals(taken)
                    && taken.map(list -> cleared(handle, list)).orElse(true)) {
                handle.createUpdate("update mailing_list set name = :name where id = :id")
                        .bind("name", newName)
                        .bind("id", renamed.get().id())
                        .execute();
            }
        });
    }

    private static boolean cleared(Handle handle, MailingList list) {
        return list.key().isEmpty()
                && handle.createUpdate("""
                                delete from mailing_list where id = :id
                                  and not exists (select 1 from list_member m where m.list_id = :id)
                                  and not exists (select 1 from suppression s where s.list_id = :id)
                                  and not exists (select 1 from delivery d where d.list_id = :id)
                                  and not exists (select 1 from dead_letter l where l.list_id = :id)
                                """).bind("id", list.id()).execute() == 1;
    }

    private static Optional<MailingList> byName(Handle handle, String connection, String name) {
        List<MailingList> all = handle.createQuery(
                        "select * from mailing_list where connection = :connection order by id")
                .bind("connection", connection)
                .map(MailingLists::row)
                .list();
        return all.stream()
                .filter(list -> list.name().equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(list -> ListName.same(list.name(), name))
                        .findFirst());
    }

    /**
     * Makes what somebody refuses on a campaign's own list count on the list of the purpose and on the lists of its other
     * campaigns, and the other way round (B134).
     *
     * @param main the list of the purpose
     */
    public void refuseTogether(long listId, long main) {
        if (listId != main) {
            database.change(
                    handle -> handle.createUpdate("update mailing_list set refusals_with = :main where id = :id")
                            .bind("main", main)
                            .bind("id", listId)
                            .execute());
        }
    }

    /** The list of the purpose, for the list of a campaign of its own; empty for any other. */
    public Optional<MailingList> main(long listId) {
        return database.query(handle -> handle.createQuery(
                        "select m.* from mailing_list l join mailing_list m on m.id = l.refusals_with where l.id = :id")
                .bind("id", listId)
                .map(MailingLists::row)
                .findOne());
    }

    /** The list of that row; empty if there is none. */
    public Optional<MailingList> find(long listId) {
        return database.query(handle -> handle.createQuery("select * from mailing_list where id = :id")
                .bind("id", listId)
                .map(MailingLists::row)
                .findOne());
    }

    /** Every list of the connection by name. */
    public List<MailingList> of(String connection) {
        return database.query(
                handle -> handle.createQuery("select * from mailing_list where connection = :connection order by name")
                        .bind("connection", connection)
                        .map(MailingLists::row)
                        .list());
    }

    /** Records that Campaigns has the list under this key. If the key is new, everything is to be read. */
    public void found(long listId, String key) {
        database.change(handle -> {
            Optional<String> before = lockedKey(handle, listId);
            if (before.isPresent() && !before.get().equals(key)) {
                forget(handle, listId);
            }
            handle.createUpdate("update mailing_list set list_key = :key where id = :id")
                    .bind("key", key)
                    .bind("id", listId)
                    .execute();
        });
    }

    /**
     * Records that Campaigns has no list with that key: the key is deleted, and so are the members. People who had left it
     * stay suppressed on a later list of its name.
     *
     * @param key the missing key; empty if it had none
     * @return false if the list has another key by now; nothing is deleted then
     */
    public boolean missing(long listId, Optional<String> key) {
        return database.transaction(handle -> {
            boolean same = lockedKey(handle, listId).equals(key);
            if (same) {
                forget(handle, listId);
            }
            return same;
        });
    }

    /** The number of people to be delivered again, because the list to which they were subscribed is gone. */
    public long lostOn(long listId) {
        return database.query(
                handle -> handle.createQuery("select count(*) from list_member where list_id = :list and lost")
                        .bind("list", listId)
                        .mapTo(Long.class)
                        .one());
    }

    private static Optional<String> lockedKey(Handle handle, long listId) {
        return handle.createQuery("select list_key from mailing_list where id = :id for update")
                .bind("id", listId)
                .map((row, context) -> Columns.optionalText(row, "list_key"))
                .one();
    }

    private static void forget(Handle handle, long listId) {
        handle.createUpdate("""
                        update mailing_list
                        set list_key = null, members_read_at = null, refusals_read_at = null,
                            active_count = null, unsub_count = null, bounce_count = null, spam_count = null,
                            foreign_count = null, missing_count = null, missing_since = null
                        where id = :id
                        """).bind("id", listId).execute();
        Members.listGone(handle, listId);
    }

    /**
     * Postpones subscriptions to the list until then: a call that prepares it is locked. Removals are postponed too while it
     * has no key, since it must be looked up. A longer postponement stays.
     */
    public void postpone(long listId, Instant until) {
        database.change(handle ->
                handle.createUpdate("""
                        update mailing_list set waits_until = :until
                        where id = :id and (waits_until is null or waits_until < :until)
                        """).bind("until", until).bind("id", listId).execute());
    }

    /** Stores the figures from Campaigns. */
    public void counted(long listId, MailingList.Counts counts) {
        database.change(handle -> handle.createUpdate("""
                        update mailing_list
                        set active_count = :active, unsub_count = :gone, bounce_count = :bounced
                        where id = :id
                        """)
                .bind("active", counts.active())
                .bind("gone", counts.unsubscribed())
                .bind("bounced", counts.bounced())
                .bind("id", listId)
                .execute());
    }

    /** The lists of the connection whose last reading of active members was not {@link #compared} yet. */
    public Set<Long> toCompare(String connection) {
        return new HashSet<>(database.query(handle -> handle.createQuery("""
                        select id from mailing_list
                        where connection = :connection and members_read_at is not null
                          and (compared_at is null or compared_at <> members_read_at)
                        """)
                .bind("connection", connection)
                .mapTo(Long.class)
                .list()));
    }

    /** Records that the active members of that reading were compared with known refusals between runs. */
    public void compared(long listId, Instant reading) {
        database.change(handle -> handle.createUpdate("update mailing_list set compared_at = :reading where id = :id")
                .bind("reading", reading)
                .bind("id", listId)
                .execute());
    }

    public static Optional<SignupForm> form(String word) {
        return Optional.ofNullable(word).map(text -> SignupForm.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private static String word(SignupForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private static MailingList row(ResultSet row, StatementContext context) throws SQLException {
        MailingList.Counts counts = new MailingList.Counts(
                row.getLong("active_count"), row.getLong("unsub_count"), row.getLong("bounce_count"));
        boolean counted = row.getObject("active_count") != null;
        return new MailingList(
                row.getLong("id"),
                row.getString("connection"),
                row.getString("name"),
                Columns.optionalText(row, "list_key"),
                form(row.getString("create_as")),
                form(row.getString("form")),
                Columns.optionalInstant(row, "members_read_at"),
                Columns.optionalInstant(row, "refusals_read_at"),
                counted ? Optional.of(counts) : Optional.empty());
    }
}
