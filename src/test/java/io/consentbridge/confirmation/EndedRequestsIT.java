package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("EndedRequestsIT: requests that ended long ago lose their personal content")
class EndedRequestsIT {

    private final TestDatabase engine;
    private RequestFixture fixture;

    EndedRequestsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new RequestFixture(engine);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private int empty() {
        return new EndedRequests(fixture.outbox.database).empty(fixture.outbox.clock.instant());
    }

    private List<String> contents() {
        return fixture.outbox.database.query(
                handle -> handle.createQuery("select content from confirmation_request order by id")
                        .mapTo(String.class)
                        .list());
    }

    private void later() {
        fixture.outbox.clock.pass(Duration.ofDays(1));
    }

    @Test
    @DisplayName("a refused request loses its content, its mails and the hashes of its links, and the refusal stays")
    void refused() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        fixture.requests.links().refuse("token", fixture.evidence());
        assertThat(empty()).as("it has just ended").isZero();
        later();

        assertThat(empty()).isEqualTo(1);

        assertThat(contents()).containsExactly("");
        assertThat(fixture.count("confirmation_mail")).isZero();
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.REFUSED);
        assertThat(fixture.requests.links().byToken("token"))
                .as("the link is not known")
                .isEmpty();
        assertThat(fixture.outbox.suppressions.of("main", fixture.outbox.list, List.of(OutboxFixture.person(1))))
                .isNotEmpty();
        assertThat(empty()).as("nothing is left to do").isZero();
    }

    @Test
    @DisplayName("an open request and a consent that stands stay as they are")
    void standing() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.ask(2);
        fixture.send("other");
        later();

        assertThat(empty()).isZero();
        assertThat(fixture.count("confirmation_mail")).isEqualTo(2);
        assertThat(contents()).doesNotContain("");
    }

    @Test
    @DisplayName("an expired request and one whose mail came back are emptied, and the person still counts as asked")
    void expired() {
        fixture.ask(1);
        DueRequest first = fixture.send("one");
        fixture.requests.mails().bouncedMessage("one@mail.example.com", "5.1.1", fixture.outbox.clock.instant());
        fixture.ask(2);
        DueRequest second = fixture.send("two");
        fixture.outbox.clock.pass(Duration.ofDays(15));
        Instant now = fixture.outbox.clock.instant();
        fixture.requests.expiry().expire(now);
        assertThat(fixture.state(first.id())).isEqualTo(RequestState.BOUNCED);
        assertThat(fixture.state(second.id())).isEqualTo(RequestState.EXPIRED);

        assertThat(empty()).isEqualTo(2);

        assertThat(contents()).containsExactly("", "");
        assertThat(fixture.count("confirmation_request where claimed_at is not null"))
                .isEqualTo(2);
    }
}
