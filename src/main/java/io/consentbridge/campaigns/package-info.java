/**
 * Zoho Campaigns: lists, members, topics, fields, contacts, and what its replies mean.
 *
 * <p>When a call may be made is the outbox's matter. The calls themselves are routes, in
 * {@code routes/zoho-campaigns.camel.yaml}: {@code direct:subscribe-contact}, {@code direct:unsubscribe-contact},
 * {@code direct:do-not-mail-contact} for deliveries, and for reading and preparing {@code direct:list-members},
 * {@code direct:count-members}, {@code direct:find-lists}, {@code direct:create-list}, {@code direct:topics},
 * {@code direct:campaigns-fields}, {@code direct:create-field}.
 */
package io.consentbridge.campaigns;
