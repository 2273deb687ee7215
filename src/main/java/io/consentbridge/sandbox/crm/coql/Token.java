package io.consentbridge.sandbox.crm.coql;

/** A piece of query text and where it stands. */
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
