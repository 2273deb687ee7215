/**
 * Deliveries from decision to outcome: pending drafts, claims with their leases, calls, settlement, dead letters.
 *
 * <p>Serves the route files {@code deliver.camel.yaml} and {@code failures.camel.yaml}. Suppressions are checked again when
 * a delivery is claimed.
 */
package io.consentbridge.outbox;
