/** Zoho Campaigns v1.1: contacts, mailing lists, topics, and the calls on them (Campaigns notes). */
package io.consentbridge.sandbox.campaigns;
