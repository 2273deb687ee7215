package io.consentbridge.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanLineTest {

    private static final PlanLine LEAVES = new PlanLine("1", "suppress", "unsubscribe", "f", "opted-out");

    @Test
    @DisplayName("A person who was to leave by plan may have left before their page came")
    void leftAlready() {
        assertThat(LEAVES.allows(LEAVES)).isTrue();
        assertThat(LEAVES.allows(new PlanLine("1", "suppress", null, null, "opted-out")))
                .isTrue();
    }

    @Test
    @DisplayName("Nothing else may differ from the plan")
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
}
