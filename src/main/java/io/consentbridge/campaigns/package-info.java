/**
 * Zoho Campaigns: lists, members, topics, fields, contacts, and what its replies mean.
 *
 * <p>When a call may be made is the outbox's matter.
 */
package io.consentbridge.campaigns;
