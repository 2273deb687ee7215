package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PersonReleased;
import io.consentbridge.api.PersonSuppressed;
import io.consentbridge.api.RunView;
import io.consentbridge.consent.Person;
import io.consentbridge.person.Leaving;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** People whom an operator suppresses by hand, and their release. */
@EveryEngine
class ManualSuppressionIT extends EveryEngineFixture {

    private static int names;

    private String list;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine).set("refusals.rejoin", "anybody"));
    }

    @BeforeEach
    void list() {
        list = "byhand" + names++;
        bridge.letters(list, "Leads");
    }

    private static PersonSuppressed suppress(String person, String purpose) {
        PersonSuppressed done = bridge.operations().suppress(new PersonOrder(person, purpose, "wrote us a letter"));
        bridge.runtime().work();
        bridge.awaitDeliveries();
        return done;
    }

    private static PersonReleased release(String person, String purpose) {
        return bridge.operations().release(new PersonOrder(person, purpose, "wrote us another letter"));
    }

    private String status(String email) {
        return bridge.zoho().statuses(list).get(email);
    }

    @Test
    @DisplayName(
            "a person who is suppressed by hand leaves the list at once; no run, change, sweep or re-join ends that")
    void staysSuppressed() {
        String email = "anna@" + list + ".example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete(list);
        assertThat(status(email)).isEqualTo("active");

        PersonSuppressed done = suppress(" ANNA@" + list + ".example.com", null);

        assertThat(done.suppressed()).containsExactly(new PersonSuppressed.Where("main", null));
        assertThat(done.leaving()).containsExactly(new Leaving("main", list, "unsubscribe"));
        assertThat(status(email)).isEqualTo("unsub");
        assertThat(bridge.operations().explain(email).suppressions())
                .extracting(
                        ExplainView.Suppressed::list, ExplainView.Suppressed::reason, ExplainView.Suppressed::origin)
                .contains(org.assertj.core.groups.Tuple.tuple(null, "opted-out", "manual"));

        suppress(email, null);
        assertThat(bridge.operations().explain(email).ledger())
                .filteredOn(entry -> entry.decision().equals("suppressed"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.why()).isEqualTo("An operator suppressed the person."));
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.complete(list);
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", false));
        RunView run = bridge.runInFull(list);
        assertThat(run.ignored().get("opted-out")).isPositive();
        bridge.zoho().happens("join", list, email);
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at", "refusals_read_at");
        longerAgo(Duration.ofHours(25), "suppression", "seen_at");
        longerAgo(Duration.ofHours(25), "list_member", "left_at", "subscribed_at", "delivered_at");
        bridge.complete(list);

        assertThat(status(email)).as("taken off again").isEqualTo("unsub");
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("a suppression for one purpose counts for its list alone")
    void onePurpose() {
        String other = list + "x";
        bridge.letters(other, "Leads");
        String email = "ben@" + list + ".example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete(list);
        bridge.complete(other);

        PersonSuppressed done = suppress(id, other);

        assertThat(done.person()).isEqualTo(email);
        assertThat(done.suppressed()).containsExactly(new PersonSuppressed.Where("main", other));
        assertThat(bridge.zoho().statuses(other)).containsEntry(email, "unsub");
        bridge.runInFull(list);
        bridge.runInFull(other);
        assertThat(status(email)).isEqualTo("active");
        assertThat(bridge.zoho().statuses(other)).containsEntry(email, "unsub");
        assertThat(release(email, list).released()).as("the other list's").isEmpty();
        assertThat(release(email, other).released()).containsExactly(new PersonSuppressed.Where("main", other));
    }

    @Test
    @DisplayName(
            "a suppression of an unknown address is kept, and the person is refused when they come, also in another spelling")
    void unknown() {
        PersonSuppressed done = suppress("J\u00FCrgen@b\u00FCcher-" + list + ".example.com", null);
        assertThat(done.leaving()).isEmpty();

        String written = "j\u00FCrgen@B\u00DCCHER-" + list + ".example.com";
        bridge.zoho().create("Leads", Bridge.fields(written, Map.of()));
        String plain = "plain@" + list + ".example.com";
        suppress(plain, null);
        bridge.zoho().create("Leads", Bridge.fields("PLAIN@" + list + ".Example.com", Map.of()));
        bridge.complete(list);

        assertThat(bridge.zoho().statuses(list).keySet())
                .noneMatch(member -> member.toLowerCase().startsWith("plain@"))
                .noneMatch(member -> member.toLowerCase().startsWith("j\u00FCrgen@"));
        assertThat(bridge.operations().explain(plain).suppressions()).hasSize(1);
    }

    @Test
    @DisplayName("release ends suppressions by hand alone; a refusal in the CRM stays, and is named")
    void releaseKeepsRefusals() {
        String email = "cleo@" + list + ".example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        bridge.complete(list);
        suppress(email, null);

        PersonReleased done = release(email, null);

        assertThat(done.released()).containsExactly(new PersonSuppressed.Where("main", null));
        assertThat(done.remaining()).extracting(ExplainView.Suppressed::origin).containsExactly("crm:Leads:" + id);
        bridge.runInFull(list);
        assertThat(status(email)).isNull();
        assertThat(release(email, null).released()).as("nothing more to end").isEmpty();
        assertThat(bridge.operations().explain(email).ledger())
                .extracting(ExplainView.Decided::decision)
                .containsOnlyOnce("released");
    }

    @Test
    @DisplayName("a person who was never delivered is delivered once the suppression by hand is released")
    void released() {
        String email = "dora@" + list + ".example.com";
        suppress(email, null);
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete(list);
        assertThat(status(email)).isNull();

        release(email, null);
        bridge.runInFull(list);

        assertThat(status(email)).isEqualTo("active");
    }

    @Test
    @DisplayName(
            "a request without a reason, with an unknown purpose, a name or an unknown record is refused and changes nothing")
    void badRequests() {
        assertThatThrownBy(() -> bridge.operations().suppress(new PersonOrder("a@b.example.com", null, " ")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("--because");
        assertThatThrownBy(() -> bridge.operations().suppress(new PersonOrder("a@b.example.com", "nope", "x")))
                .isInstanceOf(OperationFailure.UnknownName.class);
        assertThatThrownBy(() -> bridge.operations().suppress(new PersonOrder("Jane Doe", null, "x")))
                .isInstanceOf(OperationFailure.Refused.class);
        assertThatThrownBy(() -> bridge.operations().release(new PersonOrder("4711000000009999", null, "x")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("no record with the id");
        assertThat(bridge.operations().explain("a@b.example.com").unknown()).isTrue();
    }

    @Test
    @DisplayName(
            "what is no address alone is refused, since it would suppress nobody; spellings of an address are one person")
    void noAddress() {
        for (String typed : List.of(
                "Anna <anna@" + list + ".example.com>",
                "mailto:anna@" + list + ".example.com",
                "anna@" + list + ".example.com, bob@" + list + ".example.com",
                "anna@",
                "@" + list + ".example.com",
                "anna@" + list + "@example.com")) {
            assertThatThrownBy(() -> suppress(typed, null))
                    .isInstanceOf(OperationFailure.Refused.class)
                    .hasMessageContaining("is no e-mail address");
        }
        assertThat(suppress("  Anna+Tag@B\u00dcCHER-" + list + ".Example.com. ", null)
                        .person())
                .isEqualTo(new Person("anna+tag@b\u00fccher-" + list + ".example.com").address());
    }
}
