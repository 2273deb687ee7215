/**
 * The write-back cycle: it reads what came back from Campaigns, decides which records of the CRM change, and hands the changes to the
 * outbox towards the CRM ({@code writeback}).
 *
 * <p>Serves the route file {@code write-back.camel.yaml}.
 */
package io.consentbridge.cycle;
