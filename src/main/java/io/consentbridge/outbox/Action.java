package io.consentbridge.outbox;

import io.consentbridge.sync.Sync.LeaverAction;
import java.util.Optional;

/** The action of a delivery on a person. Its order is the order of claims: people who leave overtake everybody of their connection. */
public enum Action {
    DO_NOT_MAIL("do-not-mail", "json/contactdonotmail"),
    UNSUBSCRIBE("unsubscribe", "json/listunsubscribe"),
    SUBSCRIBE("subscribe", "json/listsubscribe");

    private final String word;
    private final String method;

    Action(String word, String method) {
        this.word = word;
        this.method = method;
    }

    /** The word used in the database and on screens. */
    public String word() {
        return word;
    }

    /** The Campaigns method that carries it out. */
    public String method() {
        return method;
    }

    /**
     * The action for a sync's word about people who leave; empty if nothing is done. The API can only unsubscribe people
     * from a list, so both words do that (docs/decisions/0013-rulings.md, ruling 4).
     */
    public static Optional<Action> of(LeaverAction chosen) {
        return switch (chosen) {
            case IGNORE -> Optional.empty();
            case UNSUBSCRIBE, REMOVE -> Optional.of(UNSUBSCRIBE);
            case DO_NOT_MAIL -> Optional.of(DO_NOT_MAIL);
        };
    }
}
