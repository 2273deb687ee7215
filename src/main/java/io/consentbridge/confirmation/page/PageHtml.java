package io.consentbridge.confirmation.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The HTML of the public page: one column, no script, no image, nothing from elsewhere. */
final class PageHtml {

    private static final String STYLE = style();

    /** Allows nothing but the style of the page itself, and its form. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private PageHtml() {}

    /**
     * Where an answer goes.
     *
     * @param action the path
     * @param token the token of the link
     */
    record Form(String action, String token) {

        /** Shows nothing: it contains the token. */
        @Override
        public String toString() {
            return "form";
        }

        private String with(String buttons) {
            return "<form method=\"post\" action=\"" + escaped(action) + "\" autocomplete=\"off\">\n"
                    + "<input type=\"hidden\" name=\"token\" value=\"" + escaped(token) + "\">\n" + buttons
                    + "</form>\n";
        }
    }

    /**
     * Returns the page that asks.
     *
     * @param refusing whether the link is the one for those who say no, so that this button comes first
     */
    static String ask(Asked asked, Form form, boolean refusing) {
        PageTexts texts = PageTexts.of(asked.language());
        String yes = button("confirm", texts.sentence("ask.yes"), !refusing);
        String no = button("refuse", texts.sentence("ask.no"), refusing);
        String title = texts.sentence(refusing ? "refuse.title" : "ask.title");
        return page(
                texts.language(),
                title,
                "<h1>" + escaped(title) + "</h1>\n<p>" + escaped(texts.sentence("ask.intro")) + "</p>\n"
                        + statement(asked) + form.with(refusing ? no + yes : yes + no)
                        + "<p class=\"note\">" + escaped(texts.sentence("ask.note")) + "</p>\n" + who(asked, texts));
    }

    /** Returns a page that tells what became of a link or an answer; {@code key} is the beginning of the keys of its texts. */
    static String tell(Asked asked, PageTexts texts, String key) {
        return tell(asked, texts, key, "");
    }

    /** Returns the same page for a link that can still be used to say no. */
    static String tell(Asked asked, PageTexts texts, String key, Form form) {
        return tell(asked, texts, key, form.with(button("refuse", texts.sentence(key + ".no"), false)));
    }

    private static String tell(Asked asked, PageTexts texts, String key, String form) {
        String title = texts.sentence(key + ".title");
        return page(
                texts.language(),
                title,
                "<h1>" + escaped(title) + "</h1>\n" + statement(asked) + "<p>" + escaped(texts.sentence(key + ".text"))
                        + "</p>\n" + form + who(asked, texts));
    }

    private static String button(String answer, String label, boolean first) {
        return "<button type=\"submit\" name=\"answer\" value=\"" + answer + "\" class=\""
                + (first ? "first" : "second") + "\">" + escaped(label) + "</button>\n";
    }

    private static String statement(Asked asked) {
        return asked.statement().isEmpty()
                ? ""
                : "<blockquote lang=\"" + escaped(asked.language()) + "\" dir=\"auto\">"
                        + escaped(asked.statement())
                        + "</blockquote>\n";
    }

    private static String who(Asked asked, PageTexts texts) {
        return asked.controller().isEmpty()
                ? ""
                : "<footer><h2>" + escaped(texts.sentence("who")) + "</h2>" + escaped(asked.controller())
                        + "</footer>\n";
    }

    private static String page(String language, String title, String main) {
        return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
                + "<title>" + escaped(title) + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<main>\n"
                + main
                + "</main>\n</body>\n</html>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream in = PageHtml.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
