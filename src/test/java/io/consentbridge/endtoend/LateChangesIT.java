package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes that become visible late and out of order, on a machine whose clock is ten minutes ahead of Zoho's. */
class LateChangesIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                Clock.offset(Clock.systemDefaultZone(), Duration.ofMinutes(10)),
                files -> files.letters("late", "Leads")
                        .letters("gone", "Contacts")
                        .letters("late-gone", "Contacts")
                        .letters("crowd", "Memberships")
                        .letters("again", "Memberships")
                        .set("BRAKE_SHARE", "100"));
        // So that the seconds of the changes are over when they are read.
        bridge.zoho().forward("PT-60S");
    }

    @Test
    @DisplayName(
            "B39: a new lead that becomes visible 70 s late, behind changes that were read, is delivered by the next run")
    void lateLead() {
        bridge.zoho().lateBy("Leads", "PT70S");
        String late = bridge.newcomer("Leads", Map.of());
        bridge.zoho().lateBy("Leads", "PT0S");
        bridge.zoho().forward("PT5S");
        String later = bridge.newcomer("Leads", Map.of());
        bridge.complete("late");
        assertThat(bridge.zoho().statuses("late")).containsKey(later).doesNotContainKey(late);

        bridge.zoho().forward("PT70S");
        bridge.complete("late");

        bridge.zoho().forward("PT-75S");
        assertThat(bridge.zoho().statuses("late")).containsKeys(later, late);
    }

    @Test
    @DisplayName(
            "B47: a contact that is deleted right after the first run leaves, by Zoho's clock and not this machine's")
    void deletedAfterTheFirstRun() {
        String email = email();
        String id = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of()));
        bridge.complete("gone");
        assertThat(bridge.zoho().statuses("gone")).containsEntry(email, "active");

        bridge.zoho().delete("Contacts", id);
        RunView run = bridge.complete("gone");

        assertThat(run.deleted()).isOne();
        assertThat(bridge.zoho().statuses("gone")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName("B47: a deletion that becomes visible 70 s late is noticed by the next run")
    void lateDeletion() {
        String email = email();
        String id = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of()));
        bridge.complete("late-gone");
        bridge.zoho().lateBy("Contacts", "PT70S");
        bridge.zoho().delete("Contacts", id);
        bridge.zoho().lateBy("Contacts", "PT0S");
        bridge.complete("late-gone");
        assertThat(bridge.zoho().statuses("late-gone")).containsEntry(email, "active");

        bridge.zoho().forward("PT70S");
        bridge.complete("late-gone");

        bridge.zoho().forward("PT-70S");
        assertThat(bridge.zoho().statuses("late-gone")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName(
            "B47: a reading of deletions that fails after its first page, the one with the newest, does not lose the older ones")
    void deletionsOnSeveralPages() {
        List<String> ids = bridge.zoho().crowd(210, "crowd");
        bridge.complete("crowd");
        ids.subList(0, 20).forEach(id -> bridge.zoho().delete("Memberships", id));
        bridge.zoho().forward("PT40M");
        ids.subList(20, 210).forEach(id -> bridge.zoho().delete("Memberships", id));
        bridge.zoho().forward("PT-40M");
        bridge.zoho().fault(Map.of("method", "/deleted", "kind", "status", "status", 400, "skip", 1, "times", 1));
        assertThat(bridge.run("crowd").state()).isEqualTo("failed");

        bridge.zoho().noFaults();
        bridge.complete("crowd");

        assertThat(bridge.zoho().statuses("crowd"))
                .hasSizeGreaterThanOrEqualTo(210)
                .allSatisfy((email, status) -> assertThat(email.startsWith("crowd") && status.equals("active"))
                        .isFalse());
    }

    @Test
    @DisplayName("B70: a record that is read again within the overlap without a change is not counted again")
    void notCountedAgain() {
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", email()));
        assertThat(bridge.complete("again").total()).isPositive();
        bridge.zoho().forgetCalls();

        RunView quiet = bridge.complete("again");

        assertThat(quiet.total()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    private static String email() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }
}
