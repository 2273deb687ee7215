package io.consentbridge.runtime;

import io.consentbridge.config.BounceSettings;
import io.consentbridge.config.Settings;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Sets Camel up with little output, without features that nobody watches, and with HTTP only where the API listens. */
final class CamelMain {

    /** Calls are given up earlier, so nothing is under way any more after this time. */
    /** How long a command waits between looks for due deliveries, because a user waits for its end. */
    private static final long MOST_MILLIS_OF_A_COMMAND = 200;

    private static final int TO_STOP_SECONDS = 8;

    private static final String TRUST = "trustStore";

    private CamelMain() {}

    /** This applies to every HTTP call, including those of the user's own routes, and to the mailbox of reports. */
    private static final class Trust extends SSLContextParameters {

        private final SSLContext context;

        Trust(SSLContext context) {
            this.context = context;
        }

        @Override
        public SSLContext createSSLContext(CamelContext camel) {
            return context;
        }
    }

    static Main of(Settings settings, Options options) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties(settings, options));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport made) {
                made.getCamelContext().setClassResolver(new KnownClasses(made.getCamelContext()));
                made.getCamelContext().getCamelContextExtension().addInterceptStrategy(new FailedSteps());
                StartingRoutes.limit(made.getCamelContext(), options.extent());
                settings.calls()
                        .network()
                        .trust()
                        .ifPresent(trust -> made.getCamelContext().getRegistry().bind(TRUST, new Trust(trust)));
            }
        });
        return main;
    }

    private static long deliveryEvery(Settings settings, Options options) {
        long every = settings.delivery().every().toMillis();
        return options.extent().triggers() ? every : Math.min(every, MOST_MILLIS_OF_A_COMMAND);
    }

    private static Properties properties(Settings settings, Options options) {
        Properties camel = new Properties();
        camel.putAll(settings.texts());
        camel.put("retry.times", String.valueOf(settings.retry().attempts() - 1));
        camel.put("delivery.every", String.valueOf(deliveryEvery(settings, options)));
        BounceSettings bounces = settings.asking().bounces();
        String host = bounces.given() ? bounces.host() : "none";
        camel.put("mail.bounces.mailbox", bounces.protocol() + ":" + host + ":" + bounces.port());
        // POP3 does not know what was read before.
        camel.put("mail.bounces.delete", String.valueOf(bounces.protocol().startsWith("pop3")));
        camel.put("mail.bounces.every", String.valueOf(bounces.every().toMillis()));
        camel.put("confirmation.every", String.valueOf(settings.asking().every().toMillis()));
        camel.put("camel.main.name", "consentbridge");
        camel.put("camel.main.auto-configuration-log-summary", "false");
        camel.put("camel.main.startup-summary-level", "Oneline");
        camel.put("camel.main.shutdown-timeout", String.valueOf(TO_STOP_SECONDS));
        camel.put("camel.main.shutdown-log-inflight-exchanges-on-timeout", "false");
        camel.put("camel.main.stream-caching-enabled", "false");
        camel.put("camel.main.use-mdc-logging", "false");
        camel.put("camel.main.source-location-enabled", "true");
        camel.put("camel.component.http.connection-time-to-live", "60000");
        if (settings.calls().network().trust().isPresent()) {
            for (String calls : List.of("http", "imaps", "pop3s")) {
                camel.put("camel.component." + calls + ".ssl-context-parameters", "#bean:" + TRUST);
            }
        }
        if (options.extent().serves()) {
            camel.put("camel.health.exposure-level", "full");
            camel.put("camel.metrics.enabled", "true");
            camel.put("camel.metrics.enable-route-policy", "false");
            camel.put("camel.metrics.enable-message-history", "false");
            camel.put("camel.metrics.enable-exchange-event-notifier", "false");
            camel.put("camel.metrics.enable-route-event-notifier", "false");
        }
        return camel;
    }
}
