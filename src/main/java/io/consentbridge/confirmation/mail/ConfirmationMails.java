package io.consentbridge.confirmation.mail;

import io.consentbridge.config.AskingSettings;
import io.consentbridge.config.Configuration;
import io.consentbridge.confirmation.ConfirmationToken;
import io.consentbridge.confirmation.ControllerText;
import io.consentbridge.confirmation.DueRequest;
import io.consentbridge.confirmation.MailClaims;
import io.consentbridge.confirmation.MailResults;
import io.consentbridge.confirmation.MailResults.Failure;
import io.consentbridge.confirmation.page.PageLinks;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Purpose;
import io.consentbridge.zoho.Failures;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code ask-consent.camel.yaml}: claims requests, fills the template, and records what became of the mail. A
 * mail is sent at most once for each claim: what was perhaps sent is never sent again.
 */
public final class ConfirmationMails {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationMails.class);

    private static final String REQUEST = "confirmationRequest";
    private static final String MAIL = "confirmationMail";

    private final MailClaims claims;
    private final MailResults results;
    private final Supplier<Configuration> configuration;
    private final BooleanSupplier mayClaim;
    private final InstantSource clock;
    private final MailPermits permits = new MailPermits();
    private final MailBackoff backoff;
    private final ConfirmationSender sender;

    /**
     * @param mayClaim whether this process may ask anybody now; never in a preview
     * @param first how long to wait at first while the mail server takes no mail
     * @param most how long to wait at most
     */
    public ConfirmationMails(
            MailClaims claims,
            MailResults results,
            Supplier<Configuration> configuration,
            BooleanSupplier mayClaim,
            Duration first,
            Duration most,
            InstantSource clock) {
        this.claims = claims;
        this.results = results;
        this.configuration = configuration;
        this.mayClaim = mayClaim;
        this.clock = clock;
        this.backoff = new MailBackoff(first, most, clock);
        this.sender = new ConfirmationSender(asking().smtp(), permits);
    }

    /** Returns the sender for camel-mail, which lets only mails of claimed requests leave. */
    public ConfirmationSender sender() {
        return sender;
    }

    /**
     * Connects to the mail server and sends nothing.
     *
     * @throws MailFault when it cannot be reached or refuses the credential
     */
    public void probe() throws MailFault {
        sender.probe();
    }

    /** Returns the turns of a tick. */
    public Iterator<?> turns() {
        return new MailTurns(() -> mayClaim.getAsBoolean() && !backoff.waits());
    }

    /** Claims the next request; null when none is due within the pace. */
    public DueRequest claim(MailTurns turn, Exchange exchange) {
        List<DueRequest> due = mayClaim.getAsBoolean() ? claims.claim(clock.instant(), 1) : List.of();
        if (due.isEmpty()) {
            turn.end();
            return null;
        }
        exchange.setProperty(REQUEST, due.get(0));
        return due.get(0);
    }

    /**
     * Makes the mail of a claimed request, with a new token, of which only the hash is stored.
     *
     * @throws MailFault.Refused when the address cannot be that of a mail
     */
    public ConfirmationMail fill(DueRequest due, Exchange exchange) throws MailFault, MessagingException {
        DueRequest claimed = exchange.getProperty(REQUEST, DueRequest.class);
        if (claimed == null || !claimed.equals(due)) {
            throw new ConsentBreach("a mail is made for a request that was not claimed");
        }
        Purpose purpose = configuration.get().purposes().get(due.purpose());
        ConfirmationToken token = ConfirmationToken.random();
        ConfirmationMail mail = composed(due.id(), due.address(), purpose, token);
        results.keepMail(due.id(), token.hash(), mail.messageId(), mail.hash());
        permits.give(mail);
        exchange.setProperty(MAIL, mail);
        return mail;
    }

    /** Makes the mail of a trial, which belongs to no request. */
    ConfirmationMail trial(Purpose purpose, String address, ConfirmationToken token)
            throws MailFault, MessagingException {
        return composed(0, address, purpose, token);
    }

    /** Carries out a step during which a mail may leave, once. */
    void permitted(ConfirmationMail mail, Runnable step) {
        permits.give(mail);
        try {
            step.run();
        } finally {
            permits.withdraw(mail);
        }
    }

    private ConfirmationMail composed(long request, String address, Purpose purpose, ConfirmationToken token)
            throws MailFault, MessagingException {
        Confirmation how = purpose.confirmation().orElseThrow();
        String language = purpose.disclosure().language().orElse("");
        return MailMaker.make(
                new MailMaker.Addressed(
                        request,
                        address,
                        how.from().orElseThrow(),
                        how.subject().orElse(""),
                        language,
                        purpose.name()),
                configuration.get().templates().get(purpose.name()),
                purpose.statement(),
                ControllerText.of(purpose),
                new PageLinks(asking().page().url()),
                token,
                clock.instant());
    }

    /** Returns the message of a mail for SMTP. */
    public MimeMessage message(ConfirmationMail mail) {
        return mail.message();
    }

    /** Records that the mail was sent. */
    public void sent(Exchange exchange) {
        ConfirmationMail mail = exchange.getProperty(MAIL, ConfirmationMail.class);
        permits.withdraw(mail);
        record(mail);
    }

    private void record(ConfirmationMail mail) {
        backoff.succeeded();
        results.sent(mail.request(), clock.instant());
    }

    /** Records that the mail was not sent, or perhaps was. */
    public void failed(Exchange exchange) {
        DueRequest due = exchange.getProperty(REQUEST, DueRequest.class);
        ConfirmationMail mail = exchange.getProperty(MAIL, ConfirmationMail.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (mail != null && permits.withdraw(mail)) {
            // A later step failed. The mail is on its way, and is never sent again.
            LOG.warn("The mail of request {} was sent, but a later step failed: {}", due.id(), kind(failure));
            record(mail);
        } else if (due != null) {
            judge(due, mail != null, failure);
        }
    }

    private void judge(DueRequest due, boolean filled, Throwable failure) {
        Optional<MailFault> known = first(failure, MailFault.class);
        if (known.isPresent() && known.get() instanceof MailFault.Refused refused) {
            results.failed(due.id(), Failure.PERMANENT, refused.code());
        } else if (known.isPresent() && known.get() instanceof MailFault.Temporary later) {
            results.failed(due.id(), Failure.TEMPORARY, later.code());
        } else if (known.isPresent() && known.get() instanceof MailFault.Unreached away) {
            results.failed(due.id(), Failure.TEMPORARY, away.code());
            backoff.failed(away.getMessage());
        } else if (!filled || first(failure, ConsentBreach.class).isPresent() || unreached(failure)) {
            results.failed(due.id(), Failure.TEMPORARY, "not-sent");
            backoff.failed("The mail of a request for consent is not sent: " + Failures.text(failure));
        } else {
            // It is not sent again, and expires like one that was sent.
            LOG.warn("The mail of request {} was perhaps sent: {}", due.id(), kind(failure));
        }
    }

    /** The message of a failure elsewhere, such as that of another mail service, may name the person. */
    private static String kind(Throwable failure) {
        return first(failure, MailFault.class)
                .map(Throwable::getMessage)
                .orElse(failure.getClass().getSimpleName());
    }

    private static boolean unreached(Throwable failure) {
        return first(failure, ConnectException.class).isPresent()
                || first(failure, UnknownHostException.class).isPresent();
    }

    private static <T> Optional<T> first(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, one -> one != null, ConfirmationMails::beneath)
                .limit(20)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static Throwable beneath(Throwable one) {
        return one instanceof MessagingException mail ? mail.getNextException() : one.getCause();
    }

    private AskingSettings asking() {
        return configuration.get().settings().asking();
    }
}
