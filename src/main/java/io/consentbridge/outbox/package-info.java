/**
 * Deliveries from decision to outcome: the outbox, claims, fingerprints, suppressions, quotas, dead letters.
 *
 * <p>Whether somebody may be mailed is decided in {@code consent}; here it is only remembered and obeyed.
 */
package io.consentbridge.outbox;

