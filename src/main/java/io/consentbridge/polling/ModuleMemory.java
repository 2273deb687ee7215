package io.consentbridge.polling;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.cursor.SweepRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Stores what is known of the modules of a connection: tables {@code people_module} and {@code refusal_state}. */
final class ModuleMemory {

    /**
     * One module.
     *
     * @param name its API name
     * @param own whether it is a custom module of the organisation
     * @param seen the address fields and the fields that carry refusals that it has ever had
     * @param fields those that it had at the last look; whether a field is restricted is not stored
     * @param lookedAt the time of the last look; empty when there was none
     */
    record Known(String name, boolean own, Set<String> seen, PeopleFields fields, Optional<Instant> lookedAt) {

        Set<String> has() {
            return fields.names();
        }

        /** The fields by which people could ever refuse mail there and that could not be read at the last look. */
        Set<String> lacking() {
            Set<String> lacking =
                    new TreeSet<>(lookedAt.isPresent() && RefusalFields.carriedBy(seen) ? seen : Set.of());
            lacking.removeAll(has());
            return lacking;
        }
    }

    /**
     * What is known of all modules.
     *
     * @param listedAt when the list of modules was read; empty when it never was
     * @param privacy whether the organisation's privacy settings are on; empty when that is unknown
     */
    record Overview(Optional<Instant> listedAt, Optional<Boolean> privacy) {}

    private final Database database;

    ModuleMemory(Database database) {
        this.database = database;
    }

    Overview overview(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select modules_listed_at, privacy from refusal_state where connection = :c")
                .bind("c", connection)
                .map((row, context) -> new Overview(
                        Columns.optionalInstant(row, "modules_listed_at"),
                        Optional.ofNullable(Columns.flag(row, "privacy"))))
                .findOne()
                .orElse(new Overview(Optional.empty(), Optional.empty())));
    }

    /** The known modules by name. */
    Map<String, Known> modules(String connection) {
        Map<String, Known> known = new LinkedHashMap<>();
        database.query(handle -> handle.createQuery("""
                        select module, custom, seen_fields, fields, unusual_fields, looked_at from people_module
                        where connection = :c order by module
                        """)
                        .bind("c", connection)
                        .map((row, context) -> known(row))
                        .list())
                .forEach(one -> known.put(one.name(), one));
        return known;
    }

    /**
     * Stores the list of modules that was read. Modules that are gone are deleted, unless people could refuse mail there.
     */
    void listed(String connection, Map<String, Boolean> modules, Optional<Boolean> privacy, Instant at) {
        Map<String, Known> before = modules(connection);
        database.change(handle -> {
            state(handle, connection);
            handle.createUpdate("""
                            update refusal_state set modules_listed_at = :at, privacy = coalesce(:privacy, privacy)
                            where connection = :c
                            """)
                    .bind("at", at)
                    .bindByType("privacy", privacy.orElse(null), Boolean.class)
                    .bind("c", connection)
                    .execute();
            modules.forEach((module, own) -> add(handle, connection, module, own));
            before.values().stream()
                    .filter(known ->
                            !modules.containsKey(known.name()) && known.seen().isEmpty())
                    .forEach(known -> handle.createUpdate(
                                    "delete from people_module where connection = :c and module = :module")
                            .bind("c", connection)
                            .bind("module", known.name())
                            .execute());
        });
    }

    /**
     * Stores the address fields and the fields that carry refusals that a look at a module found; empty for a module without
     * people.
     */
    void looked(String connection, String module, PeopleFields fields, Instant at) {
        database.change(handle -> {
            add(handle, connection, module, false);
            Known before = handle.createQuery("""
                            select module, custom, seen_fields, fields, unusual_fields, looked_at from people_module
                            where connection = :c and module = :module
                            """)
                    .bind("c", connection)
                    .bind("module", module)
                    .map((row, context) -> known(row))
                    .one();
            Set<String> refusals =
                    fields.names().stream().filter(RefusalFields::isOne).collect(Collectors.toSet());
            if (before.lookedAt().isPresent() && !before.has().containsAll(refusals)) {
                // People may have refused by a field while it was hidden, and their records may not change again.
                SweepRows.resetModule(handle, module);
            }
            Set<String> seen = new TreeSet<>(before.seen());
            seen.addAll(fields.ofRefusals());
            handle.createUpdate("""
                            update people_module set seen_fields = :seen, fields = :has, unusual_fields = :odd, looked_at = :at
                            where connection = :c and module = :module
                            """)
                    .bind("seen", String.join(" ", seen))
                    .bind("has", String.join(" ", new TreeSet<>(fields.names())))
                    .bind("odd", fields.oddText())
                    .bind("at", at)
                    .bind("c", connection)
                    .bind("module", module)
                    .execute();
        });
    }

    /** When the refusals of every module were last read to the end; empty when they never were. */
    Optional<Instant> sweptAt(String connection) {
        return database.query(handle -> handle.createQuery("select swept_at from refusal_state where connection = :c")
                .bind("c", connection)
                .map((row, context) -> Columns.optionalInstant(row, "swept_at"))
                .findOne()
                .flatMap(at -> at));
    }

    /** Stores that the refusals of every module have been read to the end, by a sweep that began at that time. */
    void swept(String connection, Instant began) {
        database.change(handle -> {
            state(handle, connection);
            handle.createUpdate("""
                            update refusal_state set swept_at = :began
                            where connection = :c and (swept_at is null or swept_at < :began)
                            """).bind("began", began).bind("c", connection).execute();
        });
    }

    /** Stores that some refusals cannot be read, so that no earlier sweep counts any more. */
    void unread(String connection) {
        database.change(handle -> handle.createUpdate("update refusal_state set swept_at = null where connection = :c")
                .bind("c", connection)
                .execute());
    }

    /** The modules sorted by their last look, the oldest look first. */
    static List<Known> oldestFirst(Collection<Known> modules) {
        return modules.stream()
                .sorted(Comparator.comparing(known -> known.lookedAt().orElse(Instant.MIN)))
                .toList();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("module"),
                row.getBoolean("custom"),
                words(row.getString("seen_fields")),
                new PeopleFields(
                        words(row.getString("fields")), PeopleFields.odd(row.getString("unusual_fields")), Set.of()),
                Columns.optionalInstant(row, "looked_at"));
    }

    private static void state(Handle handle, String connection) {
        handle.createUpdate("insert into refusal_state (connection) values (:c) on conflict do nothing")
                .bind("c", connection)
                .execute();
    }

    private static void add(Handle handle, String connection, String module, boolean own) {
        handle.createUpdate("""
                        insert into people_module (connection, module, custom) values (:c, :module, :own)
                        on conflict do nothing
                        """)
                .bind("c", connection)
                .bind("module", module)
                .bind("own", own)
                .execute();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
