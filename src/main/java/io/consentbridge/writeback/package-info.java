/**
 * The outbox towards the CRM: updates of records from the decision to their outcome. Pending updates, claims with their leases,
 * calls, settlement, dead letters.
 *
 * <p>Serves the route file {@code update-records.camel.yaml}. An update is idempotent, so that it is repeated whenever it is not
 * known whether it arrived. It never takes back a refusal.
 *
 * <p>Begin with {@link io.consentbridge.writeback.RecordUpdates}, which takes updates in.
 */
package io.consentbridge.writeback;
