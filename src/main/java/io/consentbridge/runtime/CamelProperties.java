package io.consentbridge.runtime;

import io.consentbridge.config.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.PropertyBindingException;

/** Reports a setting below {@code camel.} that Camel does not know; Camel itself reports it only by a stack trace. */
final class CamelProperties {

    private CamelProperties() {}

    /**
     * Returns the fault that names the setting; empty when something else has failed.
     *
     * @param failure what Camel threw while it was set up
     */
    static Optional<RuntimeFault> fault(Options options, Settings settings, Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .limit(20)
                // A route step that names a missing bean is not a setting.
                .takeWhile(one -> !(one instanceof FailedToCreateRouteException))
                .filter(PropertyBindingException.class::isInstance)
                .map(PropertyBindingException.class::cast)
                .reduce((outer, inner) -> outer.getOptionPrefix() == null ? inner : outer)
                .map(wrong -> {
                    String name = asWritten(settings, name(wrong));
                    return new RuntimeFault(
                            new ProblemLocator(options.config())
                                    .inSettings(
                                            name,
                                            "Camel has no setting " + name + ", or does not accept this value",
                                            "write it as in Camel's documentation, or remove it"),
                            failure);
                });
    }

    /** Camel reports {@code stremCaching} for a setting that may be written {@code strem-caching}. */
    private static String asWritten(Settings settings, String name) {
        return settings.texts().keySet().stream()
                .filter(setting -> bare(setting).equals(bare(name)))
                .findFirst()
                .orElse(name);
    }

    private static String bare(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static String name(PropertyBindingException wrong) {
        String key = wrong.getOptionKey() == null ? wrong.getPropertyName() : wrong.getOptionKey();
        String prefix = wrong.getOptionPrefix() == null ? "" : wrong.getOptionPrefix();
        return prefix.isEmpty() || prefix.endsWith(".") ? prefix + key : prefix + "." + key;
    }
}
