/**
 * Reading Zoho CRM: pages of records, deletions, metadata, consent details.
 *
 * <p>What a record means for a person's consent is decided in {@code consent}.
 */
package io.consentbridge.crm;
