package io.consentbridge.config;

import io.consentbridge.config.Settings.Checkpoints;
import io.consentbridge.config.Settings.Ledger;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.zoho.Network;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings of the ledger. */
final class LedgerReader {

    private static final String EMBEDDED = "jdbc:sqlite:";
    private static final String KEY_FILE = "ledger.key";
    private static final String FROM = "ledger.checkpoints.mail-from";
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int HEX_DIGITS = 2 * SealingKey.LENGTH;

    private final TypedSettings settings;
    private final Home home;
    private final SmtpSettings smtp;
    private final Network network;

    /**
     * @param smtp takes mail
     * @param network how a URL is reached
     */
    LedgerReader(TypedSettings settings, Home home, SmtpSettings smtp, Network network) {
        this.smtp = smtp;
        this.network = network;
        this.settings = settings;
        this.home = home;
    }

    Ledger read() {
        return new Ledger(
                key("ledger.master-key"),
                key("ledger.next-master-key"),
                keyFile(home.database(settings.text("database.url"))),
                new Checkpoints(file(), webhook(), mail()));
    }

    /** The file lies in the folder of the embedded database; with a server in the folder where that would be. */
    private Path keyFile(String url) {
        try {
            Path database = url.startsWith(EMBEDDED)
                    ? Path.of(url.substring(EMBEDDED.length()).replaceFirst("^~", System.getProperty("user.home")))
                    : home.resolve("data/consentbridge.db");
            return database.resolveSibling(KEY_FILE);
        } catch (InvalidPathException toldElsewhere) {
            return home.resolve("data/" + KEY_FILE);
        }
    }

    private Optional<SealingKey> key(String name) {
        String text = settings.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<SealingKey> key =
                decoded(text).filter(bytes -> bytes.length == SealingKey.LENGTH).map(SealingKey::of);
        if (key.isEmpty()) {
            settings.wrong(name, "write 32 random bytes in hexadecimal or base64, as openssl rand -hex 32 makes them");
        }
        return key;
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(
                    text.length() == HEX_DIGITS
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException neither) {
            return Optional.empty();
        }
    }

    private Optional<Path> file() {
        String text = settings.text("ledger.checkpoints.file");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(home.resolve(text));
        } catch (InvalidPathException unusable) {
            settings.wrong("ledger.checkpoints.file", "write the path of a file");
            return Optional.empty();
        }
    }

    private Optional<Checkpoints.Webhook> webhook() {
        String text = settings.text("ledger.checkpoints.webhook");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return Optional.of(new Checkpoints.Webhook(uri, network));
            }
        } catch (IllegalArgumentException notAUrl) {
            // Reported below.
        }
        settings.wrong("ledger.checkpoints.webhook", "write a URL that begins with https:// or http://");
        return Optional.empty();
    }

    private Optional<Checkpoints.ByMail> mail() {
        String text = settings.text("ledger.checkpoints.mail");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!ADDRESS.matcher(text).matches()) {
            settings.wrong("ledger.checkpoints.mail", "write one address");
        } else if (smtp.host().isEmpty()) {
            settings.wrong("ledger.checkpoints.mail", "set mail.smtp.host too");
        }
        return Optional.of(new Checkpoints.ByMail(smtp, sender(), text));
    }

    /** As whom the server most likely lets us send. */
    private String sender() {
        String text = settings.text(FROM);
        String sender = Stream.of(text, ADDRESS.matcher(smtp.user()).matches() ? smtp.user() : "", smtp.returnTo())
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
        if (!ADDRESS.matcher(sender).matches()) {
            settings.wrong(FROM, "write one address from which mail.smtp.host takes mail");
        }
        return sender;
    }
}
