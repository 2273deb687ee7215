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
     * Returns the page that asks.
     *
     * @param action the path to which the answer goes
     * @param token the token of the link
     * @param refusing whether the link is the one for those who say no, so that this button comes first
     */
    static String ask(Asked asked, String action, String token, boolean refusing) {
        PageTexts texts = PageTexts.of(asked.language());
        String yes = button("confirm", texts.sentence("ask.yes"), !refusing);
        String no = button("refuse", texts.sentence("ask.no"), refusing);
        String title = texts.sentence(refusing ? "refuse.title" : "ask.title");
        return page(
                texts.language(),
                title,
                "<h1>" + escaped(title) + "</h1>\n<p>" + escaped(texts.sentence("ask.intro")) + "</p>\n"
                        + statement(asked)
                        + "<form method=\"post\" action=\"" + escaped(action) + "\" autocomplete=\"off\">\n"
                        + "<input type=\"hidden\" name=\"token\" value=\"" + escaped(token) + "\">\n"
                        + (refusing ? no + yes : yes + no)
                        + "</form>\n<p class=\"note\">" + escaped(texts.sentence("ask.note")) + "</p>\n"
                        + who(asked, texts));
    }

    /** Returns a page that tells what became of a link or an answer; {@code key} is the beginning of the keys of its texts. */
    static String tell(Asked asked, PageTexts texts, String key) {
        String title = texts.sentence(key + ".title");
        boolean known = !asked.statement().isEmpty();
        return page(
                texts.language(),
                title,
                "<h1>" + escaped(title) + "</h1>\n"
                        + (known ? statement(asked) : "")
                        + "<p>" + escaped(texts.sentence(key + ".text")) + "</p>\n"
                        + (known ? who(asked, texts) : ""));
    }

    private static String button(String answer, String label, boolean first) {
        return "<button type=\"submit\" name=\"answer\" value=\"" + answer + "\" class=\""
                + (first ? "first" : "second") + "\">" + escaped(label) + "</button>\n";
    }

    private static String statement(Asked asked) {
        return "<blockquote lang=\"" + escaped(asked.language()) + "\">" + escaped(asked.statement())
                + "</blockquote>\n";
    }

    private static String who(Asked asked, PageTexts texts) {
        return "<footer><h2>" + escaped(texts.sentence("who")) + "</h2>" + escaped(asked.controller()) + "</footer>\n";
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
