package io.consentbridge.zoho;

import org.apache.camel.spi.Registry;

/** The beans that the routes of both APIs call by name. */
public final class ZohoBeans {

    private ZohoBeans() {}

    /** Binds {@code zohoCalls}, {@code zohoJson}, {@code patience} and {@code retries}. */
    public static void bind(Registry registry, ZohoCalls calls, Patience patience) {
        registry.bind("zohoCalls", calls);
        registry.bind("zohoJson", ZohoJson.MAPPER);
        registry.bind("patience", patience);
        registry.bind("retries", new Retries());
    }
}
