package io.consentbridge.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * A server of mail cannot be used. The message says why, and which setting to look at; it holds no secret, and of the server's
 * replies only the code, since they may repeat what was sent or quote people.
 */
public final class MailServerFault extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("^\\d{3}(?:[ -]\\d\\.\\d{1,3}\\.\\d{1,3})?");

    private static final Pattern RESPONSE = Pattern.compile("response: (\\d{3})$");

    private final boolean credential;

    private MailServerFault(String message, boolean credential, Throwable cause) {
        super(message, cause);
        this.credential = credential;
    }

    /**
     * What a failure to connect means.
     *
     * @param server begins the sentence, such as "The mail server mail.example.com:587"
     * @param settings with what the names of its settings begin, such as {@code mail.smtp}
     */
    public static MailServerFault of(String server, String settings, Throwable failure) {
        List<Throwable> chain = chain(failure).toList();
        if (chain.stream().anyMatch(AuthenticationFailedException.class::isInstance)) {
            return new MailServerFault(
                    server + " refuses user or password (" + settings + ".user, " + settings + ".password)"
                            + code(failure),
                    true,
                    failure);
        }
        return new MailServerFault(server + " " + why(settings, chain), false, failure);
    }

    /** Whether the server refuses user or password. */
    public boolean refusesCredential() {
        return credential;
    }

    private static String why(String settings, List<Throwable> chain) {
        if (chain.stream().anyMatch(one -> one instanceof GeneralSecurityException || says(one, "verify identity"))) {
            return "has a certificate that is not trusted here or is of another host name. Write the name of the certificate into "
                    + settings + ".host, or add the certificate of its authority to the file of calls.trust-store";
        }
        if (chain.stream().anyMatch(one -> says(one, "STARTTLS is required"))) {
            return "does not offer STARTTLS. Correct " + settings + ".tls or " + settings + ".port";
        }
        if (chain.stream().anyMatch(one -> one instanceof SSLException && says(one, "SSL message"))) {
            return "does not begin with TLS on this port. Correct " + settings
                    + ".port, or how the connection is protected";
        }
        if (chain.stream().anyMatch(FolderNotFoundException.class::isInstance)) {
            return "has no such folder. Correct " + settings + ".folder";
        }
        return "cannot be reached: "
                + chain.stream()
                        .filter(MailServerFault::isOfConnection)
                        .findFirst()
                        .map(MailServerFault::firstLine)
                        .orElseGet(() -> withoutWords(chain.get(0)));
    }

    /** Whether the message is that of Java or of the mail library about a connection, which names hosts and ports only. */
    private static boolean isOfConnection(Throwable one) {
        return one instanceof MailConnectException
                || one instanceof SocketException
                || one instanceof UnknownHostException
                || one instanceof SocketTimeoutException
                || one instanceof SSLException;
    }

    /** What the server said may quote people: only the code is told. */
    private static String withoutWords(Throwable said) {
        Matcher code = RESPONSE.matcher(firstLine(said));
        return said.getClass().getSimpleName() + (code.find() ? ", code " + code.group(1) : "")
                + " (what the server said is left out, because it may quote a person)";
    }

    private static boolean says(Throwable one, String words) {
        return one.getMessage() != null && one.getMessage().contains(words);
    }

    private static String code(Throwable failure) {
        Matcher code = CODE.matcher(firstLine(failure));
        return code.find() ? ": " + code.group() : "";
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** The failure and what caused it, the outermost one first; a mail library chains some of it in a way of its own. */
    public static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(
                        failure,
                        one -> one != null,
                        one -> one instanceof MessagingException mail && mail.getNextException() != null
                                ? mail.getNextException()
                                : one.getCause())
                .limit(20);
    }
}
