package io.consentbridge.outbox;

/** What a delivery does to a person. The order is the order of claims: people who leave overtake everybody. */
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
}
