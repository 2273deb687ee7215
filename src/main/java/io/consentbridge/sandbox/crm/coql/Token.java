package io.consentbridge.sandbox.crm.coql;

/** A token of the query text and its position. */
record Token(Kind kind, String text, int at) {

    enum Kind {
        WORD,
        QUOTED,
        NUMBER,
        SIGN,
        END
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }
}
