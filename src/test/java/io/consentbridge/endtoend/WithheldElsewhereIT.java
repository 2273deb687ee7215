package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.consent.Person;
import io.consentbridge.ledger.Justification;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * A second sync of one purpose reads about a person whose subscription, decided by the first sync, waits: what may still be
 * delivered then.
 */
@EveryEngine
class WithheldElsewhereIT extends EveryEngineFixture {

    private static final String BASIS = "Data_Processing_Basis";
    private static final String OBTAINED = "Consent - Obtained";
    private static final String PENDING = "Consent - Pending";
    private static int names;

    private String name;
    private String email;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine));
    }

    /** The first sync, and two others of its purpose: one of the same leads, one of contacts. */
    @BeforeEach
    void syncs() {
        name = "pair" + names++;
        email = "ann@" + name + ".example.com";
        bridge.files()
                .purpose(name, "lawfulBasis: consent")
                .sync(name, "Leads", "consent: expressed", "evidence: basis", "unmatched: ignore", selected())
                .sync(
                        name + "-again",
                        "Leads",
                        "purpose: " + name,
                        "consent: expressed",
                        "evidence: basis",
                        "unmatched: ignore",
                        selected())
                .sync(
                        name + "-contacts",
                        "Contacts",
                        "purpose: " + name,
                        "consent: expressed",
                        "evidence: basis",
                        "mapping: {Phone: Phone}");
        bridge.reload();
    }

    @AfterEach
    void letGo() {
        bridge.runtime().components().outbox().backoff().succeeded("main");
        bridge.awaitDeliveries();
    }

    private String selected() {
        return "select: {scope: criteria, conditions: [{field: City, operator: equals, value: " + name + "}]}";
    }

    private String lead(String basis) {
        return bridge.zoho().create("Leads", Bridge.fields(email, Map.of("City", name, BASIS, basis)));
    }

    /** Times of records have no fractions of a second, so that two changes of one second look alike. */
    private void changes(String lead, Map<String, Object> fields) {
        bridge.zoho().forward("PT2S");
        bridge.zoho().change("Leads", lead, fields);
    }

    /** Runs a sync, and keeps what it decides waiting. */
    private void decides(String sync) {
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin(sync);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(run).state().equals("delivering")
                        || bridge.operations().run(run).over());
    }

    /** The person's status on the list once everything is delivered, for which the ledger has the ground. */
    private String status() {
        bridge.runtime().components().outbox().backoff().succeeded("main");
        bridge.awaitDeliveries();
        assertThat(Justification.missing(new PersonLedger(bridge.runtime().database()).of(new Person(email))))
                .isEmpty();
        return bridge.zoho().statuses(name).get(email);
    }

    @Test
    @DisplayName(
            "The same record, read later by another sync, no longer allows mail: the waiting subscription is not made")
    void sameRecord() {
        String lead = lead(OBTAINED);
        decides(name);
        assertThat(bridge.waiting()).isEqualTo(1);

        changes(lead, Map.of(BASIS, PENDING));
        decides(name + "-again");

        assertThat(status()).isNull();
        bridge.complete(name);
        assertThat(status()).isNull();
    }

    @Test
    @DisplayName("The same record allows mail again when the first sync reads it next: the person is put on the list")
    void sameRecordAgain() {
        String lead = lead(OBTAINED);
        decides(name);
        changes(lead, Map.of(BASIS, PENDING));
        decides(name + "-again");
        changes(lead, Map.of(BASIS, OBTAINED));
        decides(name);
        assertThat(status()).isEqualTo("active");
    }

    @Test
    @DisplayName(
            "The same version of the record, read by another sync, changes nothing: the waiting subscription is made")
    void sameVersion() {
        lead(OBTAINED);
        decides(name);
        decides(name + "-again");
        assertThat(status()).isEqualTo("active");
    }

    @Test
    @DisplayName("Another record of the person says nothing of consent: the consent of the first one counts")
    void otherRecord() {
        lead(OBTAINED);
        decides(name);
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of(BASIS, PENDING)));
        decides(name + "-contacts");
        assertThat(status()).isEqualTo("active");
    }

    @Test
    @DisplayName(
            "Another record of the person refuses, or says a word that nobody knows: the waiting subscription is not made")
    void otherRecordRefuses() {
        for (Map<String, Object> says :
                List.<Map<String, Object>>of(Map.of("Email_Opt_Out", true), Map.of(BASIS, "Something else"))) {
            email = "p" + names++ + "@" + name + ".example.com";
            lead(OBTAINED);
            decides(name);
            bridge.zoho().create("Contacts", Bridge.fields(email, new HashMap<>(says)));
            decides(name + "-contacts");
            assertThat(status()).as("%s", says).isNull();
        }
    }
}
