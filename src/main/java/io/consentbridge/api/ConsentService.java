package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.confirmation.Notices;
import io.consentbridge.confirmation.UnfitTrial;
import io.consentbridge.confirmation.mail.MailFault;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.ZohoFault;
import jakarta.mail.MessagingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Trials of asking, and privacy notices. */
final class ConsentService {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Runtime runtime;
    private final InstantSource clock;

    ConsentService(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    ConsentTried tryOut(ConsentTrial trial) {
        Purpose purpose = purpose(trial.purpose());
        Confirmation asking = purpose.confirmation()
                .orElseThrow(() -> new OperationFailure.Refused(
                        "purpose " + purpose.name() + " asks nobody. Add confirmation: to its file"));
        if (trial.to() == null || AddressScreening.refuser(trial.to()).isEmpty()) {
            throw new OperationFailure.Refused("--to is no e-mail address that can get mail");
        }
        try {
            return asking.via() == Confirmation.Via.ZOHO ? byList(purpose, trial) : byMail(purpose, trial);
        } catch (UnfitTrial unfit) {
            throw new OperationFailure.Refused(unfit.getMessage());
        }
    }

    private ConsentTried byMail(Purpose purpose, ConsentTrial trial) {
        try {
            runtime.trials().send(purpose, trial.to().strip());
        } catch (UnfitTrial unfit) {
            throw unfit;
        } catch (MailFault | MessagingException | RuntimeException failed) {
            throw new OperationFailure.OutOfReach("the mail was not sent: " + reason(failed), failed);
        }
        return new ConsentTried(
                purpose.name(),
                null,
                runtime.configuration().settings().asking().page().url(),
                runtime.publicPort().isPresent());
    }

    private ConsentTried byList(Purpose purpose, ConsentTrial trial) {
        try {
            runtime.listTrials()
                    .begin(connection(purpose, trial), purpose, trial.to().strip());
        } catch (ZohoFault away) {
            throw new OperationFailure.OutOfReach("Campaigns was not told to ask: " + Failures.text(away), away);
        }
        return new ConsentTried(purpose.name(), purpose.confirmationList().orElseThrow(), null, true);
    }

    private Connection connection(Purpose purpose, ConsentTrial trial) {
        Configuration now = runtime.configuration();
        Set<String> names = now.syncs().values().stream()
                .filter(sync -> sync.purpose().equals(purpose.name()))
                .map(Sync::connection)
                .filter(name -> trial.connection() == null || trial.connection().equals(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.size() != 1) {
            throw new OperationFailure.Refused(
                    names.isEmpty()
                            ? "no sync of "
                                    + (trial.connection() == null ? "any" : "this") + " connection has the purpose "
                                    + purpose.name()
                            : "syncs of several connections have the purpose " + purpose.name()
                                    + "; name one with --connection: " + String.join(", ", names));
        }
        return now.settings().connections().get(names.iterator().next());
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
        byte[] content =
                new NoticeDownload(runtime.configuration().settings().calls().network(), PATIENCE).fetch(url);
        Notices.Notice notice = new Notices.Notice(purpose.name(), url, hash(content), content.length, clock.instant());
        new Notices(runtime.database()).keep(notice);
        return new NoticeKept(notice.purpose(), url, notice.hash(), notice.bytes(), notice.fetchedAt());
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
