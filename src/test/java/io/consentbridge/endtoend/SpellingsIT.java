package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ExplainView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members whom Campaigns lists under another spelling of their address than the one form of it; it takes both for two. */
@EveryEngine
class SpellingsIT extends EveryEngineFixture {

    private static final String UNSUBSCRIBE = "json/listunsubscribe";

    private static int names;

    private String list;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine));
    }

    @AfterEach
    void asItWas() {
        bridge.zoho().noFaults();
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
    }

    private void begin(String... lines) {
        list = "spelt" + names++;
        bridge.files().purpose(list).sync(list, "Leads", lines);
        bridge.reload();
        bridge.complete(list);
    }

    private String idn() {
        return "anna@" + list + ".b\u00fccher.example";
    }

    private String hidden() {
        return "an\u200bna@" + list + ".xn--bcher-kva.example";
    }

    private String clean() {
        return "anna@" + list + ".xn--bcher-kva.example";
    }

    private String spelt(String how) {
        return how.equals("idn") ? idn() : hidden();
    }

    private void happens(String event, String email) {
        bridge.zoho().happens(event, list, email);
    }

    /** The contacts of the person on the list, by their spelling. */
    private Map<String, String> statuses() {
        Map<String, String> statuses = bridge.zoho().statuses(list);
        statuses.keySet().removeIf(email -> !email.contains("@" + list + "."));
        return statuses;
    }

    private void optsOut() {
        bridge.zoho().create("Contacts", Bridge.fields(clean(), Map.of("Email_Opt_Out", true)));
        bridge.complete(list);
        secondsAreOver();
    }

    @ParameterizedTest(name = "imported as {0}, optedOut: {1}")
    @CsvSource({"idn, remove", "hidden, remove", "idn, do-not-mail", "hidden, do-not-mail"})
    @DisplayName("A person who opts out leaves under the spelling with which a colleague imported them (B51)")
    void imported(String how, String optedOut) {
        begin("optedOut: " + optedOut);
        happens("import", spelt(how));
        bridge.complete(list);

        optsOut();

        assertThat(statuses()).containsEntry(spelt(how), "unsub").doesNotContainValue("active");
        bridge.zoho().forgetCalls();
        bridge.complete(list);
        assertThat(bridge.zoho().calls(UNSUBSCRIBE)).as("nobody is asked twice").isZero();
    }

    @Test
    @DisplayName("A person who opted out and is imported under another spelling afterwards leaves with the next run")
    void importedAfterwards() {
        begin();
        optsOut();
        happens("import", hidden());

        bridge.complete(list);

        assertThat(statuses()).containsEntry(hidden(), "unsub").doesNotContainValue("active");
    }

    @Test
    @DisplayName("explain finds a person by each spelling, and shows which ones Campaigns lists")
    void explained() {
        begin();
        happens("import", idn());
        happens("import", hidden());
        bridge.complete(list);

        for (String asked : List.of(idn(), hidden(), clean())) {
            ExplainView found = bridge.operations().explain(asked);
            assertThat(found.person()).isEqualTo(clean());
            assertThat(found.memberships()).singleElement().satisfies(member -> {
                assertThat(member.active()).isTrue();
                assertThat(member.listedAs()).containsExactlyInAnyOrder(idn(), hidden());
            });
        }
    }

    @Test
    @DisplayName("A person who is listed under several spellings, including the subscribed one, leaves under all")
    void several() {
        begin();
        bridge.zoho().create("Leads", Bridge.fields(clean(), Map.of()));
        bridge.complete(list);
        happens("import", idn());
        happens("import", hidden());
        bridge.complete(list);
        assertThat(statuses()).hasSize(3).containsEntry(clean(), "active");

        optsOut();

        assertThat(statuses()).hasSize(3);
        assertThat(statuses().values()).containsOnly("unsub");
    }

    @Test
    @DisplayName(
            "A person who is a member under another spelling is updated there and does not become a second contact")
    void updated() {
        begin();
        happens("import", idn());
        bridge.complete(list);

        String id = bridge.zoho().create("Leads", Bridge.fields(clean(), Map.of()));
        assertThat(bridge.complete(list).duplicate()).isPositive();
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        bridge.complete(list);

        assertThat(statuses()).containsOnly(Map.entry(idn(), "active"));
        assertThat(bridge.zoho().members(list).toString()).contains("Changed");
    }

    @Test
    @DisplayName(
            "A person who unsubscribes under one spelling leaves under the other too, which does not free them (B76)")
    void leftUnderOne() {
        begin();
        String id = bridge.zoho().create("Leads", Bridge.fields(clean(), Map.of()));
        happens("import", idn());
        bridge.complete(list);
        happens("import", hidden());
        bridge.complete(list);
        secondsAreOver();

        happens("unsubscribe", idn());
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        bridge.complete(list);
        happens("purge", idn());
        bridge.complete(list);

        assertThat(statuses().values()).containsOnly("unsub");
        assertThat(bridge.operations().explain(clean()).suppressions())
                .anySatisfy(refusal -> assertThat(refusal.reason()).isEqualTo("opted-out"));
    }

    @Test
    @DisplayName("Each further spelling counts against the quota, and a completed call is not repeated")
    void withinTheQuota() {
        begin();
        happens("import", idn());
        happens("import", hidden());
        bridge.complete(list);
        bridge.zoho().forgetCalls();

        optsOut();

        List<String> said = new ArrayList<>();
        bridge.zoho().callsOf(UNSUBSCRIBE).forEach(call -> said.add(call.toString()));
        assertThat(said).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("A spelling that Campaigns lists but does not accept becomes a dead letter, and the others leave")
    void notTaken() {
        begin();
        bridge.zoho().create("Leads", Bridge.fields(clean(), Map.of()));
        bridge.complete(list);
        happens("import", idn());
        happens("import", hidden());
        bridge.complete(list);
        bridge.zoho()
                .fault(Map.of(
                        "method", UNSUBSCRIBE, "kind", "code", "code", "2004", "email", "b\u00fccher", "times", 0));

        optsOut();

        assertThat(statuses())
                .containsEntry(clean(), "unsub")
                .containsEntry(hidden(), "unsub")
                .containsEntry(idn(), "active");
        assertThat(bridge.operations().explain(clean()).deadLetters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.cause()).contains("spelling").doesNotContain("anna"));
    }
}
