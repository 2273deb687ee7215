package io.consentbridge.api;

/**
 * Calls that a run made, by the part of Zoho that was called.
 *
 * @param accounts for access tokens
 * @param crm to Zoho CRM
 * @param campaigns to Zoho Campaigns
 */
public record Calls(long accounts, long crm, long campaigns) {}
