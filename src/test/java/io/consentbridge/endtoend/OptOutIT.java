package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who must not be mailed are not, whenever and wherever they said so. */
class OptOutIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("leaving", "Leads")
                        .letters("gone", "Leads")
                        .letters("guarded", "Leads")
                        .letters("flying", "Leads")
                        .letters("twins", "Leads")
                        .letters("elsewhere", "Leads")
                        .letters("member-elsewhere", "Memberships")
                        .letters("paged", "Memberships")
                        .letters("brought", "Leads")
                        .letters("returning", "Leads")
                        .letters("back-in", "Leads")
                        .letters("back-in-elsewhere", "Leads")
                        .letters("missing", "Leads")
                        .letters("interrupted", "Leads")
                        .sync("guarded-again", "Leads", "purpose: guarded"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis"})
    @DisplayName("A person who opts out in the CRM leaves the list and never returns without their own act (B51, B52)")
    void leavesTheList(String field) {
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("leaving");
        assertThat(bridge.zoho().statuses("leaving")).containsEntry(email, "active");

        bridge.zoho().change("Leads", id, Map.of(field, refusal(field)));
        RunView run = bridge.complete("leaving");

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(bridge.zoho().statuses("leaving")).containsEntry(email, "unsub");
        bridge.zoho().forgetCalls();
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        bridge.complete("leaving");
        bridge.runInFull("leaving");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE)).isEmpty();
        assertThat(bridge.zoho().callsOf("json/listunsubscribe")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"unsubscribe", "bounce", "complain", "block", "do-not-mail"})
    @DisplayName(
            "A person who left in Campaigns is never subscribed again, even if the CRM still says yes (B76-B78, B96)")
    void neverAgain(String event) {
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("gone");
        bridge.zoho().happens(event, event.equals("unsubscribe") ? "gone" : null, email);
        String left = bridge.zoho().statuses("gone").get(email);

        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        RunView run = bridge.complete("gone");

        assertThat(run.ignoredTotal()).as("%s", run).isPositive();
        assertThat(left).isNotEqualTo("active");
        assertThat(bridge.zoho().statuses("gone").get(email))
                .as("stays as they left, with no call in their name")
                .isEqualTo(left);
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("An opt-out that is read while the delivery waits prevents its sending (B51)")
    void optOutBeforeDelivery() {
        bridge.complete("guarded");
        secondsAreOver();
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 503, "times", 0));
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", java.time.Instant.now().plusSeconds(600), "a test");
        String first = bridge.begin("guarded");
        await().until(() -> bridge.operations().run(first).state().equals("delivering"));

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        String second = bridge.begin("guarded-again");
        await().until(() -> !bridge.operations().run(second).state().equals("reading"));
        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");

        assertThat(bridge.end(first).ignored().get("opted-out")).isEqualTo(1);
        bridge.end(second);
        assertThat(bridge.zoho().statuses("guarded")).doesNotContainKey(email);
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @ParameterizedTest(name = "read by {0}")
    @ValueSource(strings = {"flying", "flying-again"})
    @DisplayName("An opt-out that is read while the subscription is in flight removes the person again (B52)")
    void optOutInFlight(String reader) {
        bridge.files().sync("flying-again", "Leads", "purpose: flying");
        bridge.reload();
        bridge.complete("flying");
        bridge.complete("flying-again");
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "delay", "delayMillis", 4_000, "email", email));
        String first = bridge.begin("flying");
        await().atMost(Duration.ofSeconds(30)).until(() -> bridge.zoho().struck(1));

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.end(bridge.begin(reader));
        RunView run = bridge.end(first);

        assertThat(run.state()).isEqualTo("completed");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "unsub".equals(bridge.zoho().statuses("flying").get(email)));
        // It took effect after the opt-out, but had left before the opt-out was read: nobody can promise more.
        assertThat(bridge.zoho().violations())
                .singleElement()
                .satisfies(overtaken ->
                        assertThat(overtaken.path("email").asText()).isEqualTo(email));
        bridge.zoho().forgetCalls();
    }

    @ParameterizedTest(name = "refused with {0}")
    @ValueSource(strings = {"901", "2005"})
    @DisplayName(
            "A person whose subscription lost its reply and was then refused leaves the list when they opt out (B52)")
    void optsOutAfterALostReply(String refusal) {
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "lost-reply", "email", email));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", refusal, "email", email, "times", 0));
        RunView run = bridge.complete("interrupted");
        bridge.zoho().noFaults();
        assertThat(run.deadLettered() + run.ignored().get("group-email"))
                .as("%s %s", run, bridge.zoho().callsOf(SUBSCRIBE))
                .isEqualTo(1);
        assertThat(bridge.zoho().statuses("interrupted")).containsEntry(email, "active");

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.complete("interrupted");

        assertThat(bridge.zoho().statuses("interrupted")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName("One of two records with one address is enough to refuse mail for both (B80, ruling 5)")
    void oneOfTwoForbids() {
        String email = email();
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        bridge.zoho().create("Leads", Bridge.fields(email.toUpperCase(java.util.Locale.ROOT), Map.of()));

        bridge.complete("twins");

        assertThat(bridge.zoho().statuses("twins")).doesNotContainKey(email);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis"})
    @DisplayName("A person who opted out in a module outside the sync's is never mailed (ruling 5)")
    void optedOutElsewhere(String field) {
        String lead = email();
        String member = email();
        bridge.zoho().create("Leads", Bridge.fields(lead, Map.of()));
        bridge.zoho().create("Contacts", Bridge.fields(lead, Map.of(field, refusal(field))));
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", member));
        bridge.zoho().create("Leads", Bridge.fields(member, Map.of(field, refusal(field))));
        bridge.zoho().forgetCalls();

        RunView leads = bridge.complete("elsewhere");
        bridge.complete("member-elsewhere");

        assertThat(leads.ignored().get("opted-out")).isPositive();
        assertThat(bridge.zoho().statuses("elsewhere")).isNotEmpty().doesNotContainKey(lead);
        assertThat(bridge.zoho().statuses("member-elsewhere")).doesNotContainKey(member);
        assertThat(called(lead, member)).isZero();
    }

    @Test
    @DisplayName(
            "A person who refuses by a record on a later page is not mailed because of one on the first (B80, ruling 5)")
    void refusesOnALaterPage() {
        String email = email();
        List<Map<String, Object>> crowd = IntStream.range(0, 101)
                .mapToObj(i -> Map.<String, Object>of("Name", "M" + i))
                .collect(Collectors.toCollection(ArrayList::new));
        crowd.add(0, Map.of("Name", "Willing", "Email", email));
        crowd.add(Map.of("Name", "Refusing", "Email", email, "Email_Opt_Out", true));
        bridge.zoho().createAll("Memberships", crowd);
        bridge.zoho().queryMost("Memberships", 100);
        bridge.zoho().forgetCalls();
        // Time enough to deliver the first page before the second is there.
        bridge.zoho().fault(Map.of("method", "coql", "kind", "delay", "delayMillis", 1_500, "times", 0));

        RunView run = bridge.complete("paged");

        assertThat(run.total()).isGreaterThan(100);
        assertThat(run.ignored().get("opted-out")).isGreaterThanOrEqualTo(2);
        assertThat(bridge.zoho().statuses("paged")).isNotEmpty().doesNotContainKey(email);
        assertThat(called(email)).isZero();
    }

    @Test
    @DisplayName(
            "A member whose record in another module opts out leaves with the next run, and history says why (B52)")
    void memberOptsOutElsewhere() {
        String email = email();
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("brought");
        assertThat(bridge.zoho().statuses("brought")).containsEntry(email, "active");
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));

        RunView run = bridge.complete("brought");

        assertThat(bridge.zoho().statuses("brought")).containsEntry(email, "unsub");
        RunView.DecisionCount why = new RunView.DecisionCount(
                "suppress", "A record of Contacts: The CRM says that the person opted out of e-mail.", 1);
        assertThat(run.decisions()).contains(why);
        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(bridge.complete("brought").decisions()).as("counted once").doesNotContain(why);
    }

    @ParameterizedTest(name = "by a full run: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A person who opts back in elsewhere is delivered by the next full run or change (B51)")
    void optsBackInElsewhere(boolean full) {
        String email = email();
        String lead = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        String contact = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        bridge.complete("returning");
        assertThat(bridge.zoho().statuses("returning")).doesNotContainKey(email);

        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", false));
        if (full) {
            assertThat(bridge.runInFull("returning").state()).isEqualTo("completed");
        } else {
            bridge.zoho().change("Leads", lead, Map.of("Last_Name", "Changed"));
            bridge.complete("returning");
        }

        assertThat(bridge.zoho().statuses("returning")).containsEntry(email, "active");
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName(
            "A person removed for an opt-out who opts back in stays off that list, joins others, and returns only by themselves")
    void optsBackInAfterLeaving() {
        String email = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("back-in");
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.complete("back-in");
        assertThat(bridge.zoho().statuses("back-in")).containsEntry(email, "unsub");

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", false));
        bridge.complete("back-in");
        bridge.runInFull("back-in");
        assertThat(bridge.zoho().statuses("back-in")).containsEntry(email, "unsub");
        bridge.runInFull("back-in-elsewhere");
        assertThat(bridge.zoho().statuses("back-in-elsewhere")).containsEntry(email, "active");

        // Campaigns may list those whom we took off a few minutes ago as active still.
        longerAgo(Duration.ofMinutes(11), "list_member", "left_at");
        bridge.zoho().happens("join", "back-in", email);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Returned"));
        bridge.zoho().forgetCalls();
        bridge.complete("back-in");
        assertThat(bridge.zoho().statuses("back-in")).containsEntry(email, "active");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE))
                .filteredOn(
                        call -> call.path("params").path("contactinfo").asText().contains(email))
                .hasSize(1);
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName(
            "B51: an organisation without contacts, or a credential that may not read them, syncs its leads where the settings say so")
    void otherModuleMissing() {
        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", "Contacts");
        bridge.reopen();
        bridge.zoho()
                .fault(Map.of(
                        "method", "settings/fields",
                        "kind", "code",
                        "code", "NO_PERMISSION",
                        "status", 403,
                        "times", 0,
                        "email", "Contacts"));
        String email = email();
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));

        bridge.complete("missing");

        assertThat(bridge.zoho().statuses("missing")).containsEntry(email, "active");
        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", "");
        bridge.reopen();
    }

    /** How often somebody of these was subscribed, whatever became of it. */
    private static long called(String... emails) {
        return bridge.zoho().callsOf(SUBSCRIBE).stream()
                .filter(call -> Stream.of(emails).anyMatch(call.toString()::contains))
                .count();
    }

    private static Object refusal(String field) {
        return switch (field) {
            case "Email_Opt_Out" -> true;
            case "Unsubscribed_Time" -> "2026-05-01T10:00:00+00:00";
            default -> "Stop Processing";
        };
    }

    private static String email() {
        return "o" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }
}
