package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("RequestWhyIT: what explain says of the events of a request")
class RequestWhyIT {

    private final TestDatabase engine;
    private RequestFixture fixture;

    RequestWhyIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new RequestFixture(engine);
        fixture.ask(1);
        fixture.send("token");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What is said of the last event. */
    private String why() {
        List<LedgerEntry> entries = new PersonLedger(fixture.outbox.database).of(OutboxFixture.person(1));
        return entries.get(entries.size() - 1).why();
    }

    private void takenBack(String source) {
        fixture.outbox.database.change(handle -> PageRequests.withdraw(
                handle,
                "main",
                List.of(OutboxFixture.person(1)),
                Optional.empty(),
                source,
                fixture.outbox.clock.instant()));
    }

    @Test
    @DisplayName("The mail was sent, the person agreed, and took the consent back by the button")
    void withdrawn() {
        assertThat(why()).isEqualTo("The mail with the wording was handed over to the mail server.");
        fixture.requests.links().confirm("token", fixture.evidence());
        assertThat(why()).isEqualTo("The person agreed by the button of the page.");
        fixture.requests.links().refuse("token", fixture.evidence());
        assertThat(why()).isEqualTo("The person took the consent back by the button of the page.");
    }

    @Test
    @DisplayName("The person said no by the button")
    void refused() {
        fixture.requests.links().refuse("token", fixture.evidence());
        assertThat(why()).isEqualTo("The person said no by the button of the page.");
    }

    @Test
    @DisplayName("The mail came back")
    void bounced() {
        fixture.requests.mails().bouncedMessage("token@mail.example.com", "5.1.1", fixture.outbox.clock.instant());
        assertThat(why()).isEqualTo("The mail could not be delivered.");
    }

    @Test
    @DisplayName("Nobody answered in time")
    void expired() {
        fixture.outbox.clock.pass(Duration.ofDays(15));
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());
        assertThat(why()).isEqualTo("The person did not answer in time.");
    }

    @Test
    @DisplayName("A refusal in the CRM ended the request; one by an operator took the consent back")
    void otherWays() {
        fixture.requests.links().confirm("token", fixture.evidence());
        takenBack(LedgerEvent.OPERATOR);
        assertThat(why()).isEqualTo("An operator suppressed the person, which takes the consent back.");
        fixture.ask(2);
        fixture.outbox.database.change(handle -> PageRequests.withdraw(
                handle, "main", List.of(OutboxFixture.person(2)), fixture.outbox.clock.instant()));
        List<LedgerEntry> second = new PersonLedger(fixture.outbox.database).of(OutboxFixture.person(2));
        assertThat(second.get(second.size() - 1).why())
                .isEqualTo("A record of the CRM refuses mail, which ends the request.");
    }
}
