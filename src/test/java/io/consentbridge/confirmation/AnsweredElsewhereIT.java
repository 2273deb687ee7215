package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("AnsweredElsewhereIT: a person agreed, and another sync of the purpose read their record since")
class AnsweredElsewhereIT {

    private final TestDatabase engine;
    private RequestFixture fixture;
    private Outbox outbox;

    AnsweredElsewhereIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new RequestFixture(engine);
        outbox = new Outbox(
                fixture.outbox.database,
                fixture.outbox.clock,
                fixture.outbox.suppressions,
                sync -> false,
                connection -> ZoneOffset.UTC,
                sync -> Optional.of(fixture.purposes.get("news")),
                ErasedPeople.none(fixture.outbox.database));
        fixture.outbox.database.change(handle -> handle.execute(
                "insert into run (id, sync, connection, cause, full_read, due_at, state, started_at) values (?, ?, 'main', 'command', false, ?, 'delivering', ?)",
                RequestFixture.RUN,
                RequestFixture.SYNC,
                fixture.outbox.clock.instant(),
                fixture.outbox.clock.instant()));
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.outbox.database.change(handle -> handle.execute(
                "insert into source_record (sync, record_id, person_id, modified_at, settled, decision) values ('another', 'r1', ?, ?, true, 'request-consent')",
                PersonNumbers.known(handle, List.of(OutboxFixture.person(1))).of(OutboxFixture.person(1)),
                fixture.outbox.clock.instant().plus(Duration.ofHours(1))));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private int claimed() {
        return outbox.claim("main", Action.SUBSCRIBE, "one", 10, OutboxFixture.LEASE)
                .size();
    }

    @Test
    @DisplayName("A consent that stands by a click does not depend on the record: the subscription is made")
    void stands() {
        assertThat(claimed()).isEqualTo(1);
    }

    @Test
    @DisplayName("A consent by a click that has ended allows nothing: the later reading of the record counts")
    void ended() {
        fixture.outbox.database.change(
                handle -> handle.execute("update confirmation_request set state = 'expired', due_at = null"));
        assertThat(claimed()).isZero();
    }
}
