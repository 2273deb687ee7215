package io.consentbridge.confirmation.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The sentences of the public page in one language. */
record PageTexts(String language, Properties texts) {

    private static final Map<String, PageTexts> SHIPPED = shipped();
    private static final String OTHERWISE = "en";

    /** Returns the texts for a language tag such as {@code de-AT}; the English ones for a language that has none. */
    static PageTexts of(String tag) {
        String base = Locale.forLanguageTag(tag == null ? "" : tag).getLanguage();
        return SHIPPED.getOrDefault(base, SHIPPED.get(OTHERWISE));
    }

    /** Returns the texts for what a browser says of its user's languages; the English ones when it says nothing usable. */
    static PageTexts accepted(String acceptLanguage) {
        try {
            List<Locale.LanguageRange> wanted =
                    Locale.LanguageRange.parse(acceptLanguage == null ? "" : acceptLanguage);
            String best = Locale.lookupTag(wanted, SHIPPED.keySet());
            return of(best == null ? OTHERWISE : best);
        } catch (IllegalArgumentException unreadable) {
            return of(OTHERWISE);
        }
    }

    /** Returns the sentence of a key, such as {@code ask.title}. */
    String sentence(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("the page has no text " + key);
        }
        return text;
    }

    private static Map<String, PageTexts> shipped() {
        Map<String, PageTexts> shipped = new LinkedHashMap<>();
        for (String language : List.of("en", "de")) {
            shipped.put(language, new PageTexts(language, read("page_" + language + ".properties")));
        }
        return shipped;
    }

    private static Properties read(String name) {
        try (InputStream in = PageTexts.class.getResourceAsStream(name);
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            Properties read = new Properties();
            read.load(text);
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
