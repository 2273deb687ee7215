/**
 * The quotas of Zoho: windows, reservations before calls, and the locks that Zoho imposes.
 *
 * <p>Serves the route files {@code zoho-crm.camel.yaml} and {@code zoho-campaigns.camel.yaml}, which ask here before each
 * call.
 */
package io.consentbridge.quota;
