package io.consentbridge.proof;

import java.util.Map;
import java.util.StringJoiner;

/** Writes texts, whole numbers and maps of them as JSON; the order of members and the canonical form are made elsewhere. */
final class JsonText {

    private JsonText() {}

    static String object(Map<?, ?> members) {
        StringJoiner object = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> object.add(text((String) name) + ":" + value(value)));
        return object.toString();
    }

    private static String value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        return value instanceof Long number ? number.toString() : text((String) value);
    }

    private static String text(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                requirePair(value, i);
            }
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private static void requirePair(String value, int i) {
        boolean paired = Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
        if (!paired) {
            throw new BrokenProof("A text of a ledger entry holds half a character (a lone surrogate).");
        }
    }
}
