package io.consentbridge.mail;

import io.consentbridge.TestFolders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS in front of a plain server of mail on this machine, from the first byte or after STARTTLS of SMTP, with a certificate for the
 * name {@code localhost} alone, which nobody trusts of themselves.
 */
public final class TlsLine implements AutoCloseable {

    private static final String PASSWORD = "changeit";
    private static final KeyStore KEYS = keys();

    private final ServerSocket server;
    private final int behind;
    private final boolean startTls;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsLine(int behind, boolean startTls) throws IOException {
        this.behind = behind;
        this.startTls = startTls;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** TLS from the first byte in front of the server with this port. */
    public static TlsLine fromTheBeginning(int port) throws IOException {
        return new TlsLine(port, false);
    }

    /** Plain SMTP until STARTTLS, in front of the SMTP server with this port. */
    public static TlsLine afterStartTls(int port) throws IOException {
        return new TlsLine(port, true);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Trusts its certificate. */
    public static SSLContext trust() throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mail", KEYS.getCertificate("mail"));
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                open.add(caller);
                daemon(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (Socket line = caller;
                Socket target = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            if (startTls) {
                untilStartTls(caller);
                line(target.getInputStream()); // its greeting
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(KEYS, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(line, null, true)) {
                tls.setUseClientMode(false);
                daemon(() -> pump(target, tls));
                pump(tls, target);
            }
        } catch (Exception over) {
            // One side has closed, or does not trust the certificate.
        }
    }

    private static void untilStartTls(Socket caller) throws IOException {
        say(caller, "220 ready");
        for (String said = line(caller.getInputStream()); !said.startsWith("STARTTLS"); ) {
            say(caller, said.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "530 must issue STARTTLS first");
            said = line(caller.getInputStream());
        }
        say(caller, "220 go on");
    }

    private static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // One side has closed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tls-line");
        thread.setDaemon(true);
        thread.start();
    }

    private static KeyStore keys() {
        try {
            Path file = TestFolders.make().resolve("mail.p12");
            List<String> line = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "mail",
                    "-keyalg",
                    "EC",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD,
                    "-dname",
                    "CN=mail",
                    "-ext",
                    "san=dns:localhost");
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket caller : open) {
            caller.close();
        }
    }
}
