package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("TrialAddressesIT: addresses that an operator may try asking with")
class TrialAddressesIT {

    private static final Person ONE = OutboxFixture.person(1);

    private final TestDatabase engine;
    private RequestFixture fixture;
    private ErasedPeople erased;
    private TrialAddresses addresses;

    TrialAddressesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new RequestFixture(engine);
        SealingKey key = SealingKey.random();
        erased = new ErasedPeople(fixture.outbox.database, () -> key);
        addresses = new TrialAddresses(fixture.outbox.database, fixture.outbox.suppressions, erased);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void refuses(String because) {
        assertThatThrownBy(() -> addresses.screen(" " + ONE.address().toUpperCase(Locale.ROOT)))
                .isInstanceOf(UnfitTrial.class)
                .hasMessageStartingWith("the address is one of somebody who must not be mailed (" + because + ")")
                .hasMessageContaining("Take an address of your own")
                .hasMessageNotContaining(ONE.address());
    }

    private void accepts() {
        assertThatCode(() -> addresses.screen(" " + ONE.address().toUpperCase(Locale.ROOT)))
                .doesNotThrowAnyException();
    }

    private void suppressed(Person person, long list, String origin, IgnoreReason reason) {
        fixture.outbox.suppressions.add(
                List.of(new Suppression("main", person, list, origin, reason, fixture.outbox.clock.instant())));
    }

    @Test
    @DisplayName("An address of nobody, and one of somebody who agreed, may be used")
    void accepted() {
        accepts();
        fixture.ask(1);
        fixture.send("token");
        accepts();
        fixture.requests.links().confirm("token", fixture.evidence());
        accepts();
    }

    @Test
    @DisplayName(
            "An address that opted out, bounced, is in Do-Not-Mail or is suppressed by hand is refused, whatever list it is for")
    void suppressions() {
        suppressed(ONE, fixture.outbox.list, Suppression.CAMPAIGNS, IgnoreReason.BOUNCED);
        refuses("bounced, connection main");
        suppressed(ONE, Suppression.EVERY_LIST, Suppression.MANUAL, IgnoreReason.OPTED_OUT);
        refuses("opted-out, connection main");
        suppressed(ONE, Suppression.EVERY_LIST, Suppression.REPLY, IgnoreReason.DO_NOT_MAIL);
        refuses("do-not-mail, connection main");
    }

    @Test
    @DisplayName("An address whose person refused at a former address, or at a second one, is refused")
    void otherAddresses() {
        suppressed(
                OutboxFixture.person(2), Suppression.EVERY_LIST, Suppression.CRM + "Leads:7", IgnoreReason.OPTED_OUT);
        accepts();
        fixture.outbox.database.change(handle -> FormerAddresses.moved(
                handle,
                "main",
                RequestFixture.SYNC,
                List.of(new FormerAddresses.Moved("r1", OutboxFixture.person(2), ONE))));
        refuses("opted-out, connection main");
        fixture.outbox.database.change(handle -> handle.execute("delete from former_address"));
        accepts();
        fixture.outbox.database.change(handle ->
                FormerAddresses.besides(handle, "main", Map.of("r1", Set.of(OutboxFixture.person(2), ONE))));
        refuses("opted-out, connection main");
    }

    @Test
    @DisplayName("An address that refused a request or took its consent back, or whose mail came back, is refused")
    void requests() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.mails().bouncedMessage("token@mail.example.com", "5.1.1", fixture.outbox.clock.instant());
        refuses("bounced, connection main");
        fixture.requests.links().refuse("token", fixture.evidence());
        refuses("opted-out, connection main");
        fixture.outbox.database.change(handle -> handle.execute("delete from suppression"));
        refuses("opted-out, connection main");
    }

    @Test
    @DisplayName(
            "A consent that a refusal in the CRM took back rules the address out only as long as that refusal stands")
    void endedRefusal() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.outbox.database.change(handle -> PageRequests.withdraw(
                handle, "main", List.of(ONE), Optional.empty(), LedgerEvent.CRM, fixture.outbox.clock.instant()));
        suppressed(ONE, Suppression.EVERY_LIST, Suppression.crm("Leads", "r1"), IgnoreReason.OPTED_OUT);
        refuses("opted-out, connection main");
        fixture.outbox.database.change(handle -> handle.execute("delete from suppression"));
        accepts();
    }

    @Test
    @DisplayName("An address of a person who was erased is refused")
    void erased() {
        String subject = erased.subject(ONE);
        fixture.outbox.database.change(handle -> {
            handle.execute("insert into erasure (asked_at) values (?)", fixture.outbox.clock.instant());
            handle.execute("insert into erased_subject (subject, erasure) select ?, max(id) from erasure", subject);
        });
        refuses("erased");
    }
}
