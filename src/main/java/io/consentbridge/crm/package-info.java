/**
 * Reads Zoho CRM: pages of records, deletions, metadata, consent details.
 *
 * <p>What a record means for a person's consent is decided in {@code consent}. The calls themselves are routes, in {@code
 * routes/zoho-crm.camel.yaml}: {@code direct:crm-query}, {@code direct:crm-deleted}, {@code direct:crm-view}, {@code
 * direct:crm-record} and {@code direct:crm-settings}, all by way of {@code direct:call-crm}.
 */
package io.consentbridge.crm;
