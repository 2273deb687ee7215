/**
 * How many calls Zoho allows: windows, reservations before a call, and the locks that Zoho answers with.
 *
 * <p>Serves the route files {@code zoho-crm.camel.yaml} and {@code zoho-campaigns.camel.yaml}, which ask here before each call.
 */
package io.consentbridge.quota;
