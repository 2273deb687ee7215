/**
 * Deliveries from decision to outcome: pending drafts, claims with their leases, calls, settlement, dead letters.
 *
 * <p>Serves the route files {@code deliver.camel.yaml} and {@code failures.camel.yaml}. Suppressions are checked again when
 * a delivery is claimed.
 *
 * <p>Begin with {@link io.consentbridge.outbox.Deliveries}, whose methods are the steps. {@code DeliveryPoller} claims, {@code
 * DeliveryFailures} judges failures, {@code Settling} keeps results. Runs are ended by {@code runFlow} in {@code lifecycle}.
 */
package io.consentbridge.outbox;
