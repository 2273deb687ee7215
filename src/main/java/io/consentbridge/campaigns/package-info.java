/**
 * Calls Zoho Campaigns: lists, members, topics, fields and contacts, and interprets its replies.
 *
 * <p>The outbox decides when a call may be made. The calls themselves are routes, in {@code
 * routes/zoho-campaigns.camel.yaml}: {@code direct:subscribe-contact}, {@code direct:unsubscribe-contact}, {@code
 * direct:do-not-mail-contact} for deliveries, and for reading and preparing {@code direct:list-members}, {@code
 * direct:count-members}, {@code direct:find-lists}, {@code direct:create-list}, {@code direct:topics}, {@code
 * direct:campaigns-fields}, {@code direct:create-field}.
 */
package io.consentbridge.campaigns;
