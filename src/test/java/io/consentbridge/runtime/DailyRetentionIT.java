package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.person.Erasures;
import io.consentbridge.person.PeopleRetention;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@EveryEngine
@DisplayName("DailyRetentionIT: the daily job that deletes old personal data")
class DailyRetentionIT {

    private static final Erasures.PersonKeys NO_KEYS = new Erasures.PersonKeys() {
        @Override
        public void seal() {}

        @Override
        public void destroy(Handle handle, Collection<Person> people) {}
    };

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private final Logger logger = (Logger) LoggerFactory.getLogger(DailyRetention.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Level level = logger.getLevel();
    private Settings.Retention settings = new Settings.Retention(0, 0, 0, 0);
    private Database database;
    private DailyRetention retention;

    DailyRetentionIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        retention = process();
        logger.setLevel(Level.INFO);
        said.start();
        logger.addAppender(said);
        database.change(handle -> {
            PersonNumbers.of(handle, List.of(new Person("ann@example.com"), new Person("bob@example.com")));
            handle.execute(
                    "insert into confirmation_request (connection, purpose, statement_version, person_id, address, via, state,"
                            + " ground, list_id, sync, module, record_id, run_id, content, fingerprint, requested_at) values"
                            + " ('main', 'p', 'v', 1, 'a', 'mail', 'refused', 'g', 1, 's', 'Leads', 'r', 'r', '{}', 'f', ?)",
                    ago(11));
            handle.execute(
                    "insert into record_update (connection, module, record_id, state, fields, because, settled_at)"
                            + " values ('main', 'Leads', 'r', 'done', '{}', '', ?)",
                    ago(11));
            handle.execute(
                    "insert into workflow_start (connection, workflow, trigger_key, list_id, person_id, purpose, state,"
                            + " settled_at) values ('main', 'w', 't', 1, 1, 'p', 'gone', ?)",
                    ago(11));
        });
    }

    @AfterEach
    void close() {
        logger.detachAppender(said);
        logger.setLevel(level);
        database.close();
    }

    private DailyRetention process() {
        return new DailyRetention(
                () -> settings,
                database,
                new PeopleRetention(database, NO_KEYS, clock),
                before -> before.equals(ago(10)) ? 1439 : 0,
                clock);
    }

    private Instant ago(int days) {
        return clock.instant().minus(Duration.ofDays(days));
    }

    private List<String> messages() {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private long count(String what) {
        return database.query(handle ->
                handle.select("select count(*) from " + what).mapTo(Long.class).one());
    }

    @Test
    @DisplayName("with 0 everything is kept, and nothing is said")
    void off() {
        assertThat(retention.turn()).isFalse();

        assertThat(messages()).isEmpty();
        assertThat(count("person")).isEqualTo(2);
        assertThat(count("record_update")).isOne();
        assertThat(count("workflow_start")).isOne();
        assertThat(count("confirmation_request where content <> ''")).isOne();
    }

    @Test
    @DisplayName("once a day each setting deletes its own, and one line says how much, without a name")
    void everything() {
        settings = new Settings.Retention(10, 10, 10, 10);

        assertThat(retention.turn()).isTrue();

        assertThat(messages())
                .containsExactly(
                        "retention: people forgotten: 1, ended requests for consent emptied: 1, updates of CRM records deleted: 1,"
                                + " starts of workflows deleted: 1, checkpoints of the ledger deleted: 1439");
        assertThat(count("person")).as("who was asked stays").isOne();
        assertThat(count("confirmation_request where content = ''")).isOne();
        database.change(handle -> PersonNumbers.of(handle, List.of(new Person("zoe@example.com"))));
        assertThat(retention.turn()).as("not twice a day").isFalse();
        assertThat(count("person")).isEqualTo(2);
        clock.pass(Duration.ofHours(25));
        assertThat(retention.turn()).isTrue();
        assertThat(count("person")).isOne();
        assertThat(messages()).hasSize(2);
    }

    @Test
    @DisplayName("what is younger than its setting stays")
    void younger() {
        settings = new Settings.Retention(0, 12, 12, 12);

        assertThat(retention.turn()).isFalse();

        assertThat(count("record_update")).isOne();
        assertThat(count("workflow_start")).isOne();
        assertThat(count("confirmation_request where content <> ''")).isOne();
    }

    @Test
    @DisplayName("a job that meets a run that reads ends with a later turn, also with that of another process")
    void goesOn() {
        settings = new Settings.Retention(10, 0, 0, 0);
        database.change(handle -> handle.execute(
                "insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)"
                        + " values ('r', 's', 'main', 'command', false, ?, 'reading', ?)",
                clock.instant(),
                clock.instant()));
        assertThat(retention.turn()).isFalse();
        database.change(handle -> handle.execute("update run set state = 'completed'"));

        assertThat(process().turn()).isTrue();
        assertThat(count("person")).isOne();
        assertThat(retention.turn()).as("nothing is left").isFalse();
    }
}
