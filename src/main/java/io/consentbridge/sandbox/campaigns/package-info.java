/** Zoho Campaigns v1.1: contacts, mailing lists, topics, and the calls on them (docs/zoho-notes.md). */
package io.consentbridge.sandbox.campaigns;
