package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Why one person is mailed or not, from the first record to the last delivery. */
class ExplainIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("why", "Contacts"));
    }

    @Test
    @DisplayName("explain shows both addresses of a person who was delivered, changed the address and opted out")
    void chain() {
        String id = bridge.zoho().create("Contacts", Bridge.fields("First.Address@Why.example.com", Map.of()));
        RunView first = bridge.complete("why");

        ExplainView delivered = bridge.operations().explain(" first.ADDRESS@why.example.com");
        assertThat(delivered.person()).isEqualTo("first.address@why.example.com");
        assertThat(delivered.suppressions()).isEmpty();
        assertThat(delivered.memberships()).singleElement().satisfies(member -> {
            assertThat(member.active()).isTrue();
            assertThat(member.fields()).containsEntry("Last Name", "Doe");
        });
        assertThat(delivered.records())
                .extracting(ExplainView.RecordDecision::record)
                .containsExactly(id);
        assertThat(delivered.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.run()).isEqualTo(first.run());
            assertThat(outcome.outcome()).isEqualTo("new");
        });
        assertThat(delivered.ledger()).extracting(ExplainView.Decided::decision).containsExactly("deliver");
        assertThat(delivered.waiting()).isEmpty();

        bridge.zoho().change("Contacts", id, Map.of("Email", "second@why.example.com"));
        bridge.complete("why");
        bridge.zoho().change("Contacts", id, Map.of("Email_Opt_Out", true));
        bridge.complete("why");

        ExplainView now = bridge.operations().explain("second@why.example.com");
        assertThat(now.suppressions())
                .extracting(ExplainView.Suppressed::reason, ExplainView.Suppressed::origin)
                .contains(org.assertj.core.groups.Tuple.tuple("opted-out", "crm:Contacts:" + id));
        assertThat(now.memberships()).extracting(ExplainView.Membership::active).containsExactly(false);
        assertThat(now.moves())
                .extracting(ExplainView.Move::earlier, ExplainView.Move::later)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("first.address@why.example.com", "second@why.example.com"));
        ExplainView before = bridge.operations().explain("first.address@why.example.com");
        assertThat(before.records()).isEmpty();
        assertThat(before.moves()).hasSize(1);
        assertThat(before.outcomes()).extracting(ExplainView.Result::outcome).containsExactly("new");
        assertThat(bridge.operations().explain("stranger@why.example.com").unknown())
                .isTrue();
    }

    @Test
    @DisplayName("explain shows that a person's record was deleted, and what happened to it before")
    void deleted() {
        String id = bridge.zoho().create("Contacts", Bridge.fields("gone@why.example.com", Map.of()));
        RunView first = bridge.complete("why");
        bridge.zoho().delete("Contacts", id);
        RunView second = bridge.complete("why");

        ExplainView gone = bridge.operations().explain("gone@why.example.com");
        assertThat(gone.records()).isEmpty();
        assertThat(gone.outcomes())
                .extracting(ExplainView.Result::run, ExplainView.Result::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(second.run(), "deleted"),
                        org.assertj.core.groups.Tuple.tuple(first.run(), "new"));
    }

    @Test
    @DisplayName(
            "explain finds a person by the id of a record and by name, and names the addresses where several are meant")
    void found() {
        String id = bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields("zora@why.example.com", Map.of("First_Name", "Zora", "Last_Name", "Quill")));
        bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields("zoe@why.example.com", Map.of("First_Name", "Zo\u00EB", "Last_Name", "Quill")));
        bridge.complete("why");

        assertThat(bridge.operations().explain(id).person()).isEqualTo("zora@why.example.com");
        assertThat(bridge.operations().explain("zora quill").person()).isEqualTo("zora@why.example.com");
        assertThat(bridge.operations().explain("ZO\u00CB").person()).isEqualTo("zoe@why.example.com");
        assertThat(bridge.operations().explain("Quillfeather").unknown()).isTrue();
        assertThat(bridge.operations().explain("4711000000000000").unknown()).isTrue();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bridge.operations().explain(" "))
                .as("no words would be everybody")
                .hasMessageContaining("an address, the id of a record, or a name");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bridge.operations().explain("Quill"))
                .hasMessageContaining("several people match Quill: zoe@why.example.com, zora@why.example.com");
    }
}
