/**
 * What is read from Zoho CRM: pages of the selection, the sweep of every module for people who refuse mail, deleted records,
 * records that left the selection, and the brake that holds a mass removal.
 *
 * <p>Serves the route file {@code poll-crm.camel.yaml}.
 */
package io.consentbridge.polling;
