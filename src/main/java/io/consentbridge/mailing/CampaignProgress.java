package io.consentbridge.mailing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a campaign is, and what follows: the five steps of its page (B125).
 *
 * @param name the campaign's name
 * @param stage how far it is
 * @param created whether it exists at Zoho; false also while that is not known
 * @param recipientsDone whether its recipients are on the list
 * @param reviewed whether a review found nothing that blocks
 * @param approvals how many people approved what is there now
 * @param needed how many have to
 * @param blocked why the current step cannot go on; empty if it can
 */
public record CampaignProgress(
        String name,
        CampaignStage stage,
        boolean created,
        boolean recipientsDone,
        boolean reviewed,
        int approvals,
        int needed,
        Optional<String> blocked) {

    /** The steps, in their order. */
    public enum Step {
        CREATE,
        RECIPIENTS,
        REVIEW,
        APPROVE,
        SEND;

        /** The word of its command. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What can be said of a step. */
    public enum State {
        DONE,
        CURRENT,
        FOLLOWING,
        BLOCKED;

        /** The word that people and programs read. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A step and what can be said of it. */
    public record Line(Step step, State state) {}

    /** The five steps. */
    public List<Line> steps() {
        boolean sent = stage == CampaignStage.SENT || stage == CampaignStage.SENDING;
        List<Boolean> done = List.of(
                created || sent,
                recipientsDone || sent,
                reviewed || sent,
                reviewed && approvals >= needed || sent,
                sent);
        List<Line> lines = new ArrayList<>();
        boolean open = true;
        for (Step step : Step.values()) {
            if (open && done.get(step.ordinal())) {
                lines.add(new Line(step, State.DONE));
            } else {
                lines.add(new Line(step, open ? now() : State.FOLLOWING));
                open = false;
            }
        }
        return lines;
    }

    private State now() {
        boolean stopped = stage == CampaignStage.CANCELLED || stage == CampaignStage.STOPPED;
        return blocked.isPresent() || stopped ? State.BLOCKED : State.CURRENT;
    }

    /** The step that is to be done; empty after the last one. */
    public Optional<Step> current() {
        return steps().stream()
                .filter(line -> line.state() != State.DONE)
                .map(Line::step)
                .findFirst();
    }

    /** What's next, in one sentence. */
    public String next() {
        if (blocked.isPresent()) {
            return blocked.get();
        }
        return switch (stage) {
            case SENT -> "Nothing is to be done. campaign status " + name + " shows what came back";
            case SENDING -> "Zoho Campaigns is sending it; campaign status " + name + " shows when it is done";
            case CANCELLED -> "It is cancelled. Make a file with another name to send it after all";
            case STOPPED -> "Zoho Campaigns stopped it; its screen says why, and its support helps";
            case SCHEDULED -> "It is sent by itself at its time; campaign cancel " + name + " stops it until then";
            case SYNCING_RECIPIENTS -> "Its recipients are carried to the list; wait until they are delivered";
            default -> current().map(this::command).orElse("Nothing is to be done");
        };
    }

    private String command(Step step) {
        return switch (step) {
            case CREATE -> "Run campaign create " + name;
            case RECIPIENTS -> "Run campaign recipients " + name;
            case REVIEW -> "Run campaign review " + name + ", and send a test mail with campaign test " + name;
            case APPROVE ->
                "Somebody else runs campaign approve " + name + " --by NAME (" + approvals + " of " + needed + ")";
            case SEND ->
                "Run campaign send " + name + " --confirm COUNT, with the number of people whom the review names";
        };
    }
}
