package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A list with a public sign-up form asks people to confirm, which makes nobody a member. */
class AskedIT extends BridgeFixture {

    private static final String ASKING = "confirmation: {via: zoho, list: Requests,"
            + " ground: {accepted: {by: Jane Doe, on: 2026-11-01, because: all of them asked at the fair}}}";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.purpose("asking", "signupForm: public")
                        .sync("asking", "Leads")
                        .purpose("leaving", "signupForm: public")
                        .sync("leaving", "Leads")
                        .purpose("requesting", "lawfulBasis: consent", ASKING)
                        .sync("requesting", "Leads", "consent: required"));
    }

    private static ExplainView.Membership membership(String email, String list) {
        return bridge.operations().explain(email).memberships().stream()
                .filter(each -> each.list().equals(list))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "B91: on a public list nobody is new, a duplicate or active before they confirm, in any number of runs")
    void askedIsNotSubscribed() {
        bridge.zoho().publicList("asking");
        bridge.newcomer("Leads", Map.of());
        String email = bridge.newcomer("Leads", Map.of("First_Name", "Ada"));

        var preview = bridge.preview("asking", false);
        RunView first = bridge.complete("asking");
        bridge.zoho().forgetCalls();
        RunView second = bridge.runInFull("asking");

        Long asked = first.ignored().get("consent-requested");
        assertThat(asked).isGreaterThanOrEqualTo(2);
        assertThat(preview.view().totals().ignored()).containsEntry("consent-requested", asked);
        assertThat(first.duplicate() + first.added() + first.readded()).isZero();
        assertThat(second.ignored()).as("asked before").containsEntry("consent-requested", asked);
        assertThat(second.duplicate() + second.added() + second.readded()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("nobody is asked twice").isZero();
        assertThat(bridge.zoho().statuses("asking")).containsEntry(email, "pending");
        assertThat(membership(email, "asking").active()).isFalse();
        assertThat(membership(email, "asking").unsure()).isFalse();
        assertThat(membership(email, "asking").askedAt()).isNotNull();

        bridge.zoho().happens("confirm", "asking", email);
        RunView third = bridge.runInFull("asking");

        assertThat(third.duplicate()).as("the one who confirmed").isEqualTo(1);
        assertThat(third.ignored()).containsEntry("consent-requested", asked - 1);
        assertThat(membership(email, "asking").active()).isTrue();
        assertThat(membership(email, "asking").askedAt()).isNull();
    }

    @Test
    @DisplayName("B51: a person who was asked and then opts out in the CRM is removed, since they may have confirmed")
    void optsOutBeforeConfirming() {
        String email = "asked@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.zoho().publicList("leaving");
        bridge.complete("leaving");
        bridge.zoho().happens("confirm", "leaving", email);
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));

        bridge.complete("leaving");

        assertThat(bridge.zoho().statuses("leaving")).containsEntry(email, "unsub");
        assertThat(membership(email, "leaving").askedAt()).isNull();
    }

    @Test
    @DisplayName(
            "B51: a person who confirmed on the list that asks for consent, and then opts out, leaves that list too")
    void optsOutOfTheListThatAsks() {
        String email = "requested@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.zoho().publicList("Requests");
        bridge.complete("requesting");
        assertThat(bridge.zoho().statuses("Requests")).containsEntry(email, "pending");
        bridge.zoho().happens("confirm", "Requests", email);
        bridge.complete("requesting");
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
        longerAgo(Duration.ofHours(25), "list_member", "delivered_at");
        bridge.complete("requesting");
        assertThat(membership(email, "Requests").active()).isTrue();

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.complete("requesting");

        assertThat(bridge.zoho().statuses("Requests")).containsEntry(email, "unsub");
    }
}
