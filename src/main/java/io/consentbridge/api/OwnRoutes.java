package io.consentbridge.api;

import io.consentbridge.config.Settings;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.RoutesSeen;
import io.consentbridge.runtime.RuntimeFault;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what an open installation knows about own files that replace shipped routes. */
public final class OwnRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(OwnRoutes.class);

    private OwnRoutes() {}

    /**
     * Stores the content of shipped files whose own file is seen for the first time, so that a later change can be detected.
     */
    public static void note(Options options, Settings settings) {
        try {
            seen(options, settings).note();
        } catch (UncheckedIOException | RuntimeFault failed) {
            LOG.warn(
                    "The shipped routes cannot be recorded, so `routes list` cannot tell whether they change: {}",
                    failed.getMessage());
        }
    }

    /** Returns a sentence for each own file that may lack a change of the shipped one. */
    public static List<String> outdated(Options options, Settings settings) {
        try {
            return seen(options, settings).entries().stream()
                    .map(OwnRoutes::outdated)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (UncheckedIOException | RuntimeFault told) {
            // The caller that loads the file reports one that cannot be read.
            return List.of();
        }
    }

    private static Optional<String> outdated(RoutesSeen.Entry entry) {
        String own = "routes: your " + entry.file().name();
        return switch (entry.shipped().orElse(RoutesSeen.Shipped.SAME)) {
            case CHANGED ->
                Optional.of(own + " replaces a shipped file that has changed since you copied it. See:"
                        + " consentbridge routes list");
            case GONE ->
                Optional.of(own + " replaced a file that is no longer shipped. See: consentbridge routes list");
            case SAME, UNCHANGED, NOT_SEEN -> Optional.empty();
        };
    }

    private static RoutesSeen seen(Options options, Settings settings) {
        return new RoutesSeen(options.routes(), DataFolder.of(options, settings));
    }
}
