package io.consentbridge.runtime;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;

/** Lets one Camel context read the placeholders of another. */
final class SettingsOf implements PropertiesSource {

    private final CamelContext other;

    SettingsOf(CamelContext other) {
        this.other = other;
    }

    @Override
    public String getName() {
        return "settings of the running context";
    }

    @Override
    public String getProperty(String name) {
        return other.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
}
