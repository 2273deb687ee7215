package io.consentbridge.mapping;

/**
 * A contact field that Campaigns lacks and that can be created there.
 *
 * @param name its display name, as the mapping has it
 * @param type Campaigns' word for its type (docs/zoho-notes.md, "Campaigns: contact fields")
 * @param length the most characters it shall take
 */
public record NewField(String name, String type, int length) {}
