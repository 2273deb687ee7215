package io.consentbridge.sandbox.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the two encodings of a form: URL-encoded and multipart. Later values of a name win. */
final class Form {

    private Form() {}

    static void readEncoded(String text, Map<String, String> into) {
        int at = 0;
        while (text != null && at < text.length()) {
            int end = text.indexOf('&', at);
            if (end < 0) {
                end = text.length();
            }
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals > end) {
                equals = end;
            }
            if (end > at) {
                into.put(
                        decode(text.substring(at, equals)),
                        equals < end ? decode(text.substring(equals + 1, end)) : "");
            }
            at = end + 1;
        }
    }

    static void readMultipart(byte[] body, String contentType, Map<String, String> into) {
        int mark = contentType.indexOf("boundary=");
        if (mark < 0) {
            return;
        }
        String boundary =
                "--" + contentType.substring(mark + 9).replace("\"", "").trim();
        for (String part : new String(body, StandardCharsets.UTF_8).split(java.util.regex.Pattern.quote(boundary))) {
            int name = part.indexOf("name=\"");
            int blank = part.indexOf("\r\n\r\n");
            if (name < 0 || blank < name) {
                continue;
            }
            String value = part.substring(blank + 4);
            into.put(
                    part.substring(name + 6, part.indexOf('"', name + 6)),
                    value.endsWith("\r\n") ? value.substring(0, value.length() - 2) : value);
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
