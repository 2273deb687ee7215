package io.consentbridge.confirmation.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits while the mail server takes no mail, longer after each failure, so that requests stay where they are instead of
 * failing one after another. Of this process only. Thread-safe.
 */
final class MailBackoff {

    private static final Logger LOG = LoggerFactory.getLogger(MailBackoff.class);

    private final Duration first;
    private final Duration most;
    private final InstantSource clock;
    private Duration next;
    private Instant until = Instant.MIN;
    private boolean failing;

    MailBackoff(Duration first, Duration most, InstantSource clock) {
        this.first = first;
        this.most = most;
        this.clock = clock;
        this.next = first;
    }

    /** Returns whether no mail may be claimed now. */
    synchronized boolean waits() {
        return clock.instant().isBefore(until);
    }

    /** Waits after a failure; logs the first one of a series. */
    synchronized void failed(String why) {
        until = clock.instant().plus(next);
        next = next.multipliedBy(2).compareTo(most) > 0 ? most : next.multipliedBy(2);
        if (!failing) {
            failing = true;
            LOG.warn("{}. Requests for consent wait, and are tried again", why);
        }
    }

    /** Ends waiting: the server took a mail. */
    synchronized void succeeded() {
        until = Instant.MIN;
        next = first;
        if (failing) {
            failing = false;
            LOG.info("The mail server takes mails again");
        }
    }
}
