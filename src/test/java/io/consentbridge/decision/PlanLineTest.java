package io.consentbridge.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a plan says of a record, and what may differ from it. */
class PlanLineTest {

    private static final PlanLine LEAVES = new PlanLine("1", "suppress", "unsubscribe", "f", "opted-out");

    @Test
    @DisplayName("A person that the plan removes may have left before their page came")
    void leftAlready() {
        assertThat(LEAVES.allows(LEAVES)).isTrue();
        assertThat(LEAVES.allows(new PlanLine("1", "suppress", null, null, "opted-out")))
                .isTrue();
    }

    @Test
    @DisplayName("No other difference from the plan is allowed")
    void nothingElse() {
        assertThat(LEAVES.allows(new PlanLine("1", "deliver", null, null, "opted-out")))
                .isFalse();
        assertThat(LEAVES.allows(new PlanLine("1", "suppress", "do-not-mail", "f", "opted-out")))
                .isFalse();
        assertThat(new PlanLine("1", "suppress", null, null, "opted-out").allows(LEAVES))
                .isFalse();
        PlanLine subscribed = new PlanLine("1", "deliver", "subscribe", "f", null);
        assertThat(subscribed.allows(new PlanLine("1", "deliver", null, null, null)))
                .isFalse();
        assertThat(new PlanLine(null, null, null, null, null).allows(LEAVES)).isFalse();
    }

    @Test
    @DisplayName("A newer record of the same person may replace a planned record, but not an unplanned one")
    void givesWay() {
        PlanLine now = new PlanLine("1", "deliver", null, null, "file-duplicate");
        assertThat(LEAVES.allows(now)).isTrue();
        assertThat(new PlanLine(null, null, null, null, null).allows(now)).isFalse();
    }

    @Test
    @DisplayName("The plan of a page lists for each record what is sent, with which fingerprint, and why it is ignored")
    void ofAPage() {
        Person sent = new Person("sent@example.com");
        Draft draft = new DraftBuilder(7, sent).record("1").fingerprint("f1").build();
        Draft besides = new DraftBuilder(7, new Person("old@example.com"))
                .action(Action.UNSUBSCRIBE)
                .record("2")
                .build()
                .uncounted();
        Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
        Draft leaving = Draft.leaving(7, sent, "run1", "3", optedOut);
        PageWrites page = PageWrites.of("run1", "leads", "main", Calls.NONE, "node-1", Duration.ofMinutes(5))
                .outcomes(List.of(
                        outcome("1", "deliver", new Outcome.Pending()),
                        outcome("2", "suppress", optedOut),
                        outcome("3", "suppress", new Outcome.Pending()),
                        outcome("4", "deliver", new Outcome.Duplicate(false))))
                .drafts(List.of(draft, besides, leaving))
                .build();

        assertThat(PlanLine.of(page).values())
                .containsExactly(
                        new PlanLine("1", "deliver", "subscribe", "f1", null),
                        new PlanLine("2", "suppress", null, null, "opted-out"),
                        new PlanLine("3", "suppress", "unsubscribe", leaving.fingerprint(), "opted-out"),
                        new PlanLine("4", "deliver", null, null, null));
    }

    private static RecordOutcome outcome(String record, String decision, Outcome outcome) {
        return new RecordOutcome(record, Optional.empty(), decision, outcome, Optional.empty());
    }
}
