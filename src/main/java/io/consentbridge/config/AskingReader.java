package io.consentbridge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Reads the settings of the mail that asks for consent, and of the page on which people answer. */
final class AskingReader {

    private static final String URL = "public.url";
    private static final String HEADER = "public.trusted-header";
    private static final String RETURN_TO = "mail.bounces.address";
    private static final String PROTOCOL = "mail.bounces.protocol";
    private static final int LAST_PORT = 65_535;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+\\.[^@\\s<>,;\"]+");
    private static final List<String> PROTOCOLS = List.of("imap", "imaps", "pop3", "pop3s");

    private final TypedSettings settings;

    AskingReader(TypedSettings settings) {
        this.settings = settings;
    }

    /** @param trust which certificates are trusted beside those that Java trusts */
    AskingSettings read(Optional<SSLContext> trust) {
        return new AskingSettings(
                settings.duration("confirmation.every", Duration.ofMillis(10)), page(), smtp(trust), bounces());
    }

    private PageSettings page() {
        return new PageSettings(
                settings.text("public.host"),
                settings.number("public.port", 0, LAST_PORT),
                url(),
                header(),
                settings.number("public.per-minute", 1, Integer.MAX_VALUE),
                word("confirmation.ip", PageSettings.KeptAddress.class, PageSettings.KeptAddress.NONE));
    }

    private String url() {
        String url = settings.text(URL).replaceAll("/+$", "");
        if (url.isEmpty() || isBase(url)) {
            return url;
        }
        settings.wrong(URL, "write where people reach the page, such as https://consent.example.com, without ? and #");
        return "";
    }

    private static boolean isBase(String url) {
        try {
            URI uri = new URI(url);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException broken) {
            return false;
        }
    }

    private Optional<String> header() {
        String name = settings.text(HEADER);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!HEADER_NAME.matcher(name).matches()) {
            settings.wrong(
                    HEADER, "write the name of the header that your reverse proxy sets, such as X-Forwarded-For");
        }
        return Optional.of(name);
    }

    private SmtpSettings smtp(Optional<SSLContext> trust) {
        String returnTo = settings.text(RETURN_TO);
        if (!returnTo.isEmpty() && !ADDRESS.matcher(returnTo).matches()) {
            settings.wrong(RETURN_TO, "write one e-mail address, such as bounces@example.com");
        }
        return new SmtpSettings(
                settings.text("mail.smtp.host"),
                settings.number("mail.smtp.port", 1, LAST_PORT),
                settings.text("mail.smtp.user"),
                settings.text("mail.smtp.password"),
                word("mail.smtp.tls", SmtpSettings.Tls.class, SmtpSettings.Tls.STARTTLS),
                returnTo,
                trust);
    }

    private BounceSettings bounces() {
        String protocol = settings.text(PROTOCOL);
        if (!PROTOCOLS.contains(protocol)) {
            settings.wrong(PROTOCOL, "write imap, imaps, pop3 or pop3s");
        }
        return new BounceSettings(
                protocol,
                settings.text("mail.bounces.host"),
                settings.number("mail.bounces.port", 1, LAST_PORT),
                settings.text("mail.bounces.user"),
                settings.text("mail.bounces.password"),
                settings.text("mail.bounces.folder"),
                settings.duration("mail.bounces.every", Duration.ofMillis(100)));
    }

    private <E extends Enum<E>> E word(String name, Class<E> words, E otherwise) {
        String text = settings.text(name);
        List<E> all = List.of(words.getEnumConstants());
        Optional<E> meant =
                all.stream().filter(one -> written(one).equals(text)).findFirst();
        if (meant.isEmpty()) {
            settings.wrong(
                    name,
                    "write one of "
                            + String.join(
                                    ", ",
                                    all.stream().map(AskingReader::written).toList()));
        }
        return meant.orElse(otherwise);
    }

    private static String written(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
