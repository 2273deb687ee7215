package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is two people because of how somebody typed their address. */
class AddressFormIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("one-form", "Leads").letters("left", "Leads"));
        bridge.complete("one-form");
    }

    static Stream<Arguments> twice() {
        Stream<Arguments> unseen = Stream.of("\u200b", "\u200e", "\u2060", "\u202a", "\u00ad", "\u00a0")
                .flatMap(hidden -> bothWays("carl@example.com", "carl" + hidden + "@example.com"));
        return Stream.concat(
                unseen,
                Stream.of(
                                bothWays("anna@bücher.example", "anna@xn--bcher-kva.example"),
                                bothWays(
                                        Normalizer.normalize("jürgen@example.com", Normalizer.Form.NFC),
                                        Normalizer.normalize("jürgen@example.com", Normalizer.Form.NFD)),
                                bothWays("carl@example.com", "\uff43arl@example.com"),
                                bothWays("carl@example.com", "carl@example.com."))
                        .flatMap(both -> both));
    }

    private static Stream<Arguments> bothWays(String one, String other) {
        return Stream.of(Arguments.of(one, other), Arguments.of(other, one));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("twice")
    @DisplayName("A lead is not mailed when a contact with the same address opted out, in any spelling (B51)")
    void onePerson(String optedOut, String lead) {
        bridge.complete("one-form"); // Whom another test has created is delivered before.
        String unique = "u" + UUID.randomUUID().toString().substring(0, 8);
        bridge.zoho().create("Contacts", Bridge.fields(unique + optedOut, Map.of("Email_Opt_Out", true)));
        bridge.zoho().create("Leads", Bridge.fields(unique + lead, Map.of()));
        bridge.zoho().forgetCalls();

        bridge.complete("one-form");

        assertThat(bridge.zoho().callsOf(SUBSCRIBE)).isEmpty();
        assertThat(bridge.zoho().statuses("one-form").keySet()).noneMatch(email -> email.startsWith(unique));
    }

    @Test
    @DisplayName("A person who left a list in Campaigns is recognised in any CRM spelling of the address (B76)")
    void leftInCampaigns() {
        String unique = "u" + UUID.randomUUID().toString().substring(0, 8);
        String id = bridge.zoho().create("Leads", Bridge.fields(unique + "@b\u00fccher.example", Map.of()));
        bridge.complete("left");
        String sent = unique + "@xn--bcher-kva.example";
        assertThat(bridge.zoho().statuses("left")).containsEntry(sent, "active");
        bridge.zoho().happens("unsubscribe", "left", sent);

        bridge.zoho()
                .change("Leads", id, Map.of("Last_Name", "Changed", "Email", unique + "\u200d@xn--bcher-kva.example"));
        bridge.complete("left");

        assertThat(bridge.zoho().statuses("left")).containsEntry(sent, "unsub");
        assertThat(bridge.zoho().statuses("left").keySet().stream().filter(email -> email.startsWith(unique)))
                .hasSize(1);
        assertThat(bridge.operations()
                        .explain(unique + "@B\u00dcCHER.example\u200e")
                        .person())
                .isEqualTo(sent);
    }
}
