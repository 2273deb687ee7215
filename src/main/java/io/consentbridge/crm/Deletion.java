package io.consentbridge.crm;

import java.time.Instant;

/**
 * A record that was deleted in the CRM (docs/zoho-notes.md, "CRM: deleted records").
 *
 * @param id the record's id
 * @param at the time of the deletion
 */
public record Deletion(String id, Instant at) {}
