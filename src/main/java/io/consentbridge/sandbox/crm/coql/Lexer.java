package io.consentbridge.sandbox.crm.coql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts query text into tokens; {@code ''} within quotes is one quote. */
final class Lexer {

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at >= text.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return quoted(start);
        }
        if (Character.isDigit(c) || c == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
            at++;
            return run(Token.Kind.NUMBER, start, "0123456789.");
        }
        if (isLetter(c)) {
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigitOrDot(text.charAt(at)))) {
                at++;
            }
            return new Token(Token.Kind.WORD, text.substring(start, at), start);
        }
        return sign(c, start);
    }

    private Token quoted(int start) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                return new Token(Token.Kind.QUOTED, value.toString(), start);
            }
        }
        throw CoqlError.syntax(new Token(Token.Kind.QUOTED, value.toString(), start));
    }

    private Token run(Token.Kind kind, int start, String allowed) {
        while (at < text.length() && allowed.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return new Token(kind, text.substring(start, at), start);
    }

    private Token sign(char c, int start) {
        if (c == '~' || c == '|' || c == '&' || c == '%') {
            throw new CoqlError("SYNTAX_ERROR", "invalid operator", Map.of("operator", String.valueOf(c)));
        }
        at++;
        boolean pair = (c == '!' || c == '<' || c == '>') && at < text.length() && text.charAt(at) == '=';
        if (pair) {
            at++;
        } else if ("(),=<>".indexOf(c) < 0) {
            throw CoqlError.syntax(new Token(Token.Kind.SIGN, String.valueOf(c), start));
        }
        return new Token(Token.Kind.SIGN, text.substring(start, at), start);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    private static boolean isDigitOrDot(char c) {
        return c >= '0' && c <= '9' || c == '.';
    }
}
