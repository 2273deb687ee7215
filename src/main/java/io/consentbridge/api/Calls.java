package io.consentbridge.api;

/**
 * The calls of a run, by the Zoho service that was called.
 *
 * @param accounts calls for access tokens
 * @param crm calls to Zoho CRM
 * @param campaigns calls to Zoho Campaigns
 */
public record Calls(long accounts, long crm, long campaigns) {}
