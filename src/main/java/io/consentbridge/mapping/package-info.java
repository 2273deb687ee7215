/**
 * The mapping of CRM fields to Campaigns fields: their values, and the fields that cannot be mapped.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP.
 */
package io.consentbridge.mapping;
