package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What the ledger says of people whom runs decide, deliver and lose. */
@EveryEngine
class LedgerEventsIT {

    private static final String STAYS = "ann@c1.example.com";
    private static final String LEAVES = "bob@c1.example.com";
    private static final String REFUSES = "carla@c1.example.com";

    @Parameter
    private TestDatabase engine;

    @Test
    @DisplayName(
            "Everybody who is put on a list has an event before it that allows that, and everybody who leaves has one too")
    void justified() throws IOException {
        try (Bridge bridge = Bridge.open(10, files -> files.on(engine).letters("news", "Leads"))) {
            Zoho zoho = bridge.zoho();
            for (String person : List.of(STAYS, LEAVES)) {
                zoho.create("Leads", Bridge.fields(person, Map.of()));
            }
            String refusing = zoho.create("Leads", Bridge.fields(REFUSES, Map.of()));
            bridge.complete("news");
            zoho.happens("unsubscribe", "news", LEAVES);
            zoho.change("Leads", refusing, Map.of("Email_Opt_Out", true));
            bridge.complete("news");

            assertThat(kinds(bridge, STAYS)).containsExactly(EventKind.ALLOWED, EventKind.DELIVERED);
            assertThat(kinds(bridge, LEAVES)).startsWith(EventKind.ALLOWED, EventKind.DELIVERED, EventKind.SUPPRESSED);
            assertThat(kinds(bridge, REFUSES)).startsWith(EventKind.ALLOWED, EventKind.DELIVERED, EventKind.SUPPRESSED);
            assertThat(of(bridge, STAYS)).allSatisfy(entry -> {
                assertThat(entry.purpose()).isNotEmpty();
                assertThat(entry.runId()).isNotEmpty();
                assertThat(entry.recordId()).isNotEmpty();
            });
            assertThat(of(bridge, STAYS).get(0).rule()).isEqualTo("not-consent");
            assertThat(of(bridge, REFUSES).get(2).rule()).isIn("opted-out", "remembered");

            var ledger = bridge.runtime().components().proofs().ledger();
            ledger.finish(Duration.ofMinutes(1));
            assertThat(of(bridge, STAYS))
                    .allSatisfy(entry -> assertThat(entry.sequence()).isPresent());
            assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Sound.class);
            assertThat(ledger.status().waiting()).isZero();
        }
    }

    @Test
    @DisplayName("Who leaves the list of a view or campaign left the purpose of that list")
    void leftPart() {
        try (Bridge bridge = Bridge.open(
                10,
                files -> files.on(engine)
                        .purpose("views")
                        .sync("views", "Leads", "select: {each: view, views: [Hospitality leads, Hot leads]}"))) {
            Zoho zoho = bridge.zoho();
            zoho.create("Leads", Bridge.fields(LEAVES, Map.of("Industry", "Hospitality")));
            bridge.complete("views");
            zoho.happens("unsubscribe", "views - Hospitality leads", LEAVES);
            bridge.complete("views");

            assertThat(of(bridge, LEAVES))
                    .filteredOn(entry -> entry.source().equals(LedgerEvent.CAMPAIGNS))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.event()).isEqualTo(EventKind.SUPPRESSED);
                        assertThat(entry.purpose()).isEqualTo("views");
                        assertThat(entry.statementVersion()).isNotEmpty();
                    });
        }
    }

    private static List<LedgerEntry> of(Bridge bridge, String person) {
        return new PersonLedger(bridge.runtime().database()).of(new Person(person));
    }

    private static List<EventKind> kinds(Bridge bridge, String person) {
        return of(bridge, person).stream().map(LedgerEntry::event).toList();
    }
}
