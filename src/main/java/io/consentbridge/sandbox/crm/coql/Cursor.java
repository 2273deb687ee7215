package io.consentbridge.sandbox.crm.coql;

import java.util.List;

/** A position in a sequence of tokens. */
final class Cursor {

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean takeIf(String word) {
        if (peek().is(word)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String word) {
        if (!takeIf(word)) {
            throw CoqlError.syntax(peek());
        }
    }

    String word() {
        Token token = take();
        if (token.kind() != Token.Kind.WORD || Reserved.is(token.text())) {
            throw CoqlError.syntax(token);
        }
        return token.text();
    }

    int number() {
        Token token = take();
        if (token.kind() != Token.Kind.NUMBER || token.text().contains(".")) {
            throw CoqlError.syntax(token);
        }
        try {
            return Integer.parseInt(token.text());
        } catch (NumberFormatException tooLong) {
            throw CoqlError.limit("limit should be less than or equal to 2000");
        }
    }
}
