package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.slf4j.LoggerFactory;

/** The tables of the database. */
class SchemaIT {

    private static final int OURS = Migrations.newest();
    private static final String[] LATER = {"classpath:db/migration", "classpath:db/later"};

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("of a newer version are refused, with both versions, who created them, and the remedies")
    void newer(TestDatabase engine) {
        String url = engine.fresh();
        bring(engine, url, "ConsentBridge 9.9", LATER);

        refused(engine, url)
                .hasMessageContaining("has tables of version 99, created by ConsentBridge 9.9. This is ConsentBridge")
                .hasMessageContaining("which knows version " + OURS
                        + " and must not use newer ones. Run the version that created them or"
                        + " a newer one, or restore a backup from before the upgrade.");
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("of an older version are upgraded, which is reported once, with both versions and the way back")
    void older(TestDatabase engine) {
        String url = engine.fresh();
        engine.reopen(url).close();
        Logger logger = (Logger) LoggerFactory.getLogger(Schema.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            bring(engine, url, "ConsentBridge 9.9", LATER);
            bring(engine, url, "ConsentBridge 9.9", LATER);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains(
                        " had tables of version " + OURS + ", which were migrated to version 99",
                        "to go back, restore a backup from before");
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("of an older version stay unchanged for a read-only command, which says what upgrades them")
    void olderForALook(TestDatabase engine) {
        String url = engine.fresh();
        engine.reopen(url).close();
        try (HikariDataSource pool = pool(engine, url)) {
            Schema later = new Schema(pool, DatabaseLocation.of(url), "ConsentBridge 9.9", LATER);

            assertThatThrownBy(later::requireUpToDate)
                    .isInstanceOfSatisfying(
                            DatabaseFault.class,
                            fault -> assertThat(fault.misfit()).isTrue())
                    .hasMessageContaining(
                            "has tables of version " + OURS + ", created by ConsentBridge (not packaged). This is"
                                    + " ConsentBridge 9.9, which knows version 99. A read-only command changes no tables. Stop every other")
                    .hasMessageContaining("make a backup, and start");
            assertThatThrownBy(later::requireUpToDate).hasMessageContaining("has tables of version " + OURS);
            new Schema(pool, DatabaseLocation.of(url)).requireUpToDate();

            later.bringUpToDate();
            later.requireUpToDate();
            assertThatThrownBy(new Schema(pool, DatabaseLocation.of(url))::requireUpToDate)
                    .hasMessageContaining("has tables of version 99, created by ConsentBridge 9.9")
                    .hasMessageContaining("must not use newer ones");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("are not read either where people are stored in an earlier form, and nobody is stored again")
    void earlierForm(TestDatabase engine) {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> handle.execute("update person_form set version = 0"));
        }
        assertThatThrownBy(() -> Database.look(url, engine.user(), engine.password()))
                .hasMessageContaining("stores addresses in an earlier form. A read-only command");
        assertThatThrownBy(() -> Database.look(url, engine.user(), engine.password()))
                .isInstanceOf(DatabaseFault.class);

        engine.reopen(url).close();
        Database.look(url, engine.user(), engine.password()).close();
    }

    @Test
    @DisplayName("that another process is upgrading count as temporarily out of reach, not as a mismatch")
    void lockedByAnother() {
        assertThat(Schema.isMisfit(new FlywayException(
                        "Number of retries exceeded while attempting to acquire PostgreSQL advisory lock.")))
                .isFalse();
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("that differ from those of their version are refused, with both versions and the remedies")
    void changed(TestDatabase engine) {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> handle.execute("update \"flyway_schema_history\" set \"checksum\" = 1"));
        }
        refused(engine, url)
                .hasMessageContaining("has tables of version " + OURS + ", created by ConsentBridge")
                .hasMessageContaining("as version " + OURS + ": another build created them, or they were changed")
                .hasMessageContaining("restore a backup, or start with a new database");
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("of another program are left unchanged, and the remedy is given")
    void foreign(TestDatabase engine) throws Exception {
        String url = engine.fresh();
        try (HikariDataSource pool = pool(engine, url);
                var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table theirs (id bigint)");
        }
        refused(engine, url)
                .hasMessageContaining(
                        "holds tables that ConsentBridge did not create. Set database.url to a database of its own");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(TestDatabase engine, String url) {
        String shown = engine == TestDatabase.SQLITE
                ? "The database file " + TestDatabase.fileOf(url) + " "
                : "The database of PostgreSQL at ";
        return assertThatThrownBy(() -> engine.reopen(url))
                .isInstanceOfSatisfying(
                        DatabaseFault.class, fault -> assertThat(fault.misfit()).isTrue())
                .hasMessageStartingWith(shown);
    }

    private static void bring(TestDatabase engine, String url, String product, String... migrations) {
        try (HikariDataSource pool = pool(engine, url)) {
            new Schema(pool, DatabaseLocation.of(url), product, migrations).bringUpToDate();
        }
    }

    private static HikariDataSource pool(TestDatabase engine, String url) {
        HikariDataSource pool = new HikariDataSource();
        if (engine == TestDatabase.SQLITE) {
            EmbeddedFile.prepareFolder(TestDatabase.fileOf(url));
        }
        pool.setJdbcUrl(DatabaseLocation.of(url).driverUrl());
        pool.setUsername(engine.user());
        pool.setPassword(engine.password());
        return pool;
    }
}
