/**
 * Which CRM field becomes which Campaigns field, how a value is written there, and which fields cannot be mapped.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP.
 */
package io.consentbridge.mapping;
