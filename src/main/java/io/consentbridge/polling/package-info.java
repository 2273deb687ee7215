/**
 * Everything that is read from Zoho CRM: pages of the selection, the sweep of every module for people who refuse mail,
 * deleted records, and records that left the selection; and the brake that holds a mass removal.
 *
 * <p>It serves the route file {@code poll-crm.camel.yaml}.
 */
package io.consentbridge.polling;
