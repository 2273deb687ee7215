package io.consentbridge.mailing;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.mailing.CampaignProgress.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CampaignProgressTest {

    @Test
    @DisplayName("B125: the five steps are done, current, following or blocked, and What's next names the command")
    void steps() {
        CampaignProgress planned = progress(CampaignStage.PLANNED, false, false, false, 0);
        assertThat(states(planned))
                .containsExactly(State.CURRENT, State.FOLLOWING, State.FOLLOWING, State.FOLLOWING, State.FOLLOWING);
        assertThat(planned.next()).isEqualTo("Run campaign create spring");

        CampaignProgress reviewed = progress(CampaignStage.TO_BE_REVIEWED, true, true, true, 0);
        assertThat(states(reviewed))
                .containsExactly(State.DONE, State.DONE, State.DONE, State.CURRENT, State.FOLLOWING);
        assertThat(reviewed.next()).isEqualTo("Somebody else runs campaign approve spring --by NAME (0 of 1)");

        CampaignProgress approved = progress(CampaignStage.TO_BE_REVIEWED, true, true, true, 1);
        assertThat(approved.next()).startsWith("Run campaign send spring --confirm COUNT");
    }

    @Test
    @DisplayName("B125: a step that cannot go on is blocked, and What's next says why")
    void blocked() {
        CampaignProgress blocked = new CampaignProgress(
                "spring",
                CampaignStage.TO_BE_REVIEWED,
                true,
                true,
                false,
                0,
                1,
                Optional.of("the mail has no link to unsubscribe"));
        assertThat(states(blocked))
                .containsExactly(State.DONE, State.DONE, State.BLOCKED, State.FOLLOWING, State.FOLLOWING);
        assertThat(blocked.next()).isEqualTo("the mail has no link to unsubscribe");
    }

    @Test
    @DisplayName("B125: an approval of a campaign that is no longer reviewed does not make the step done")
    void notReviewed() {
        assertThat(states(progress(CampaignStage.TO_BE_REVIEWED, true, true, false, 1))
                        .get(3))
                .isEqualTo(State.FOLLOWING);
    }

    @Test
    @DisplayName("B146: the words of the stages, and what follows a stopped campaign")
    void words() {
        assertThat(List.of(
                        CampaignStage.SYNCING_RECIPIENTS,
                        CampaignStage.TO_BE_REVIEWED,
                        CampaignStage.SCHEDULED,
                        CampaignStage.SENT,
                        CampaignStage.CANCELLED,
                        CampaignStage.STOPPED))
                .extracting(CampaignStage::shown)
                .containsExactly("Syncing recipients", "To be reviewed", "Scheduled", "Sent", "Cancelled", "Stopped");
        assertThat(progress(CampaignStage.STOPPED, true, true, true, 1).next()).contains("its screen says why");
        assertThat(states(progress(CampaignStage.STOPPED, true, true, true, 1)).get(4))
                .isEqualTo(State.BLOCKED);
        assertThat(CampaignStage.of("something new")).isEqualTo(CampaignStage.UNKNOWN);
    }

    private static CampaignProgress progress(
            CampaignStage stage, boolean created, boolean recipients, boolean reviewed, int approvals) {
        return new CampaignProgress("spring", stage, created, recipients, reviewed, approvals, 1, Optional.empty());
    }

    private static List<State> states(CampaignProgress progress) {
        return progress.steps().stream().map(CampaignProgress.Line::state).toList();
    }
}
