package io.consentbridge.api;

import io.consentbridge.confirmation.Notices;
import io.consentbridge.confirmation.mail.MailFault;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.Network;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;

/** Trials of asking by mail, and privacy notices. */
final class ConsentService {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 20 * 1024 * 1024;

    private final Runtime runtime;
    private final InstantSource clock;

    ConsentService(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    ConsentTried tryOut(ConsentTrial trial) {
        Purpose purpose = purpose(trial.purpose());
        if (purpose.confirmation()
                .filter(how -> how.via() == Confirmation.Via.MAIL)
                .isEmpty()) {
            throw new OperationFailure.Refused(
                    "purpose " + purpose.name()
                            + " does not ask by mail. With via: zoho, subscribe an address of your own to the confirmation list in Campaigns");
        }
        if (trial.to() == null || AddressScreening.refuser(trial.to()).isEmpty()) {
            throw new OperationFailure.Refused("--to is no e-mail address that can get mail");
        }
        try {
            runtime.trials().send(purpose, trial.to().strip());
        } catch (MailFault | MessagingException | RuntimeException failed) {
            throw new OperationFailure.OutOfReach("the mail was not sent: " + reason(failed), failed);
        }
        return new ConsentTried(
                purpose.name(),
                runtime.configuration().settings().asking().page().url(),
                runtime.publicPort().isPresent());
    }

    private static String reason(Throwable failed) {
        Throwable cause = failed;
        while (!(cause instanceof MailFault) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Failures.text(cause);
    }

    NoticeKept keepNotice(String name) {
        Purpose purpose = purpose(name);
        String url = purpose.disclosure()
                .notice()
                .orElseThrow(() -> new OperationFailure.Refused(
                        "purpose " + purpose.name() + " names no notice. Add notice: with its URL"));
        byte[] content = fetched(url);
        Notices.Notice notice = new Notices.Notice(purpose.name(), url, hash(content), content.length, clock.instant());
        new Notices(runtime.database()).keep(notice);
        return new NoticeKept(notice.purpose(), url, notice.hash(), notice.bytes(), notice.fetchedAt());
    }

    private byte[] fetched(String url) {
        try {
            HttpResponse<InputStream> response = client().send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] content = body.readNBytes(MOST_BYTES + 1);
                if (response.statusCode() != 200 || content.length == 0 || content.length > MOST_BYTES) {
                    throw new OperationFailure.OutOfReach(
                            "the notice cannot be fetched: " + url + " answers with HTTP status "
                                    + response.statusCode() + " and " + content.length + " bytes",
                            null);
                }
                return content;
            }
        } catch (IOException | IllegalArgumentException away) {
            throw new OperationFailure.OutOfReach(
                    "the notice cannot be fetched from " + url + ": " + away.getMessage(), away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperationFailure.OutOfReach("fetching the notice was interrupted", stopped);
        }
    }

    private HttpClient client() {
        Network network = runtime.configuration().settings().calls().network();
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NORMAL);
        network.proxy()
                .ifPresent(proxy ->
                        client.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHostString(), proxy.getPort()))));
        network.trust().ifPresent(client::sslContext);
        return client.build();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    private Purpose purpose(String name) {
        Map<String, Purpose> purposes = runtime.configuration().purposes();
        Purpose purpose = purposes.get(String.valueOf(name));
        if (purpose == null) {
            throw new OperationFailure.UnknownName("purpose", String.valueOf(name), purposes.keySet());
        }
        return purpose;
    }
}
