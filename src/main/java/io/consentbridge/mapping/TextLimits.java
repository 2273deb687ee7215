package io.consentbridge.mapping;

import java.util.Map;

/**
 * How long a text Campaigns takes, in characters.
 *
 * <p>Zoho publishes no lengths (campaigns-api §10): the company's is what a client found, the rest is a bound that
 * keeps a call in shape. This is the one place to change them.
 */
final class TextLimits {

    private static final Map<String, Integer> KNOWN = Map.of("Company Name", 100);
    private static final int OTHERWISE = 2000;

    private TextLimits() {}

    static int of(String campaignsField) {
        return KNOWN.getOrDefault(campaignsField, OTHERWISE);
    }
}
