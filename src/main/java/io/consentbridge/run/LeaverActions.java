package io.consentbridge.run;

import io.consentbridge.outbox.Action;
import io.consentbridge.sync.Sync.LeaverAction;
import java.util.Optional;

/** What a sync's words for people who leave mean in Campaigns (docs/decisions/0013-rulings.md, ruling 4). */
public final class LeaverActions {

    private LeaverActions() {}

    /** Empty when nothing is done. The API can take nobody off a list but by unsubscribing, so both words do that. */
    public static Optional<Action> of(LeaverAction chosen) {
        return switch (chosen) {
            case IGNORE -> Optional.empty();
            case UNSUBSCRIBE, REMOVE -> Optional.of(Action.UNSUBSCRIBE);
            case DO_NOT_MAIL -> Optional.of(Action.DO_NOT_MAIL);
        };
    }
}
