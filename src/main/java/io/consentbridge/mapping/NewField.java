package io.consentbridge.mapping;

/**
 * A contact field that Campaigns lacks and that can be created.
 *
 * @param name its display name, as in the mapping
 * @param type Campaigns' word for its type (docs/zoho-notes.md, "Campaigns: contact fields")
 * @param length its maximum length in characters
 */
public record NewField(String name, String type, int length) {}
