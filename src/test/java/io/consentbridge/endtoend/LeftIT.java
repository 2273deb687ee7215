package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People who left are counted in the run that took them off, beside its total. */
class LeftIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("left", "Leads").letters("deleted", "Contacts"));
    }

    @Test
    @DisplayName(
            "B53, B70: a run removes each person once and counts them for any outcome of their record, as the preview showed; the next run counts none")
    void left() {
        String refusing = bridge.zoho().create("Leads", Bridge.fields("refusing@c7.example.com", Map.of()));
        String deleted = bridge.zoho().create("Leads", Bridge.fields("deleted@c7.example.com", Map.of()));
        // The sweep with which a runtime begins is over before somebody refuses.
        bridge.complete("left");
        assertThat(bridge.complete("left").left()).isZero();
        bridge.zoho().change("Leads", refusing, Map.of("Email_Opt_Out", true));
        bridge.zoho().delete("Leads", deleted);

        long members = active();
        long foreseen = bridge.preview("left", false).view().totals().left();
        bridge.zoho().forgetCalls();
        RunView run = bridge.complete("left");

        assertThat(run.left())
                .isEqualTo(members + run.added() + run.readded() - active())
                .isEqualTo(foreseen)
                .isGreaterThanOrEqualTo(2);
        assertThat(bridge.zoho().calls("json/listunsubscribe"))
                .as("nobody is asked to leave twice")
                .isEqualTo(run.left());
        assertThat(run.deleted()).as("%s", run).isEqualTo(1);
        assertThat(bridge.complete("left").left()).isZero();
        assertThat(bridge.operations().run(run.run()).left()).isEqualTo(run.left());
    }

    private static long active() {
        return bridge.zoho().statuses("left").values().stream()
                .filter("active"::equals)
                .count();
    }
}
