package io.consentbridge.confirmation.mail;

import io.consentbridge.confirmation.MailResults;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.mail.MailServerFault;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the reports of mails that came back. A report that names a mail of the product ends its request; one that names only
 * an address ends the open requests to it. As poll strategy and exception handler of the mailbox it logs once when that cannot be read.
 */
public final class BounceReports implements PollingConsumerPollStrategy, ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BounceReports.class);

    private final MailResults mails;
    private final InstantSource clock;
    private volatile boolean failing;

    public BounceReports(MailResults mails, InstantSource clock) {
        this.mails = mails;
        this.clock = clock;
    }

    /** Reads one mail of the mailbox; one that is no report of a failure changes nothing. */
    public void read(Exchange exchange) throws MessagingException, IOException {
        MailMessage mail = exchange.getMessage(MailMessage.class);
        if (mail != null && mail.getOriginalMessage() != null) {
            DeliveryReport.of(mail.getOriginalMessage()).ifPresent(this::record);
        }
    }

    void record(DeliveryReport report) {
        for (DeliveryReport.Failed failed : report.recipients()) {
            if (report.messageId().isPresent()) {
                mails.bouncedMessage(report.messageId().get(), failed.status(), clock.instant());
            } else {
                AddressScreening.refuser(failed.address())
                        .ifPresent(person -> mails.bouncedAddress(person, failed.status(), clock.instant()));
            }
        }
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        if (failing) {
            failing = false;
            LOG.info("The mailbox for reports of undeliverable mail can be read again");
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The mailbox for reports of undeliverable mail (mail.bounces.*) cannot be read. {}. It is tried again",
                    MailServerFault.of("Its server", "mail.bounces", cause).getMessage());
        }
        return false;
    }

    /** Does nothing: {@link #rollback} has told it. */
    @Override
    public void handleException(Throwable failure) {}

    /** Does nothing: {@link #rollback} has told it. */
    @Override
    public void handleException(String message, Throwable failure) {}

    /** Tells that a mail was not read, by the kind of the failure alone, since the mail names people. */
    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (exchange != null) {
            LOG.warn(
                    "A mail of the mailbox for reports of undeliverable mail was not read: {}. It stays unread, and is read again",
                    failure.getClass().getSimpleName());
        }
    }
}
