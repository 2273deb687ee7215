package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.PageSettings;
import io.consentbridge.confirmation.page.PageRequests;
import io.consentbridge.confirmation.page.PublicServer;
import io.consentbridge.confirmation.page.PublicServerFault;
import io.consentbridge.consent.Confirmation;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the public page while a purpose asks by mail. */
final class PublicPageHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PublicPageHost.class);

    private final PageRequests requests;
    private final InstantSource clock;
    private PublicServer server;

    PublicPageHost(PageRequests requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Starts to serve, or ends it, as the purposes need it.
     *
     * @throws RuntimeFault when the port cannot be opened
     */
    synchronized void fit(Configuration configuration) {
        boolean needed = configuration.purposes().values().stream()
                .flatMap(purpose -> purpose.confirmation().stream())
                .anyMatch(how -> how.via() == Confirmation.Via.MAIL);
        if (needed && server == null) {
            PageSettings settings = configuration.settings().asking().page();
            try {
                server = PublicServer.start(requests, settings, clock);
            } catch (PublicServerFault fault) {
                throw new RuntimeFault(fault.getMessage(), fault);
            }
            LOG.info("The public page of {} listens on port {} of {}", settings.url(), server.port(), settings.host());
        } else if (!needed) {
            close();
        }
    }

    /** Returns the port on which the page is served; empty when it is not. */
    synchronized OptionalInt port() {
        return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
    }

    /** Ends serving; idempotent. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
