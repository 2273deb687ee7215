package io.consentbridge.crm;

import java.time.Instant;

/**
 * A record that was deleted in the CRM (crm-api §4).
 *
 * @param id the record's id
 * @param at when
 */
public record Deletion(String id, Instant at) {}
