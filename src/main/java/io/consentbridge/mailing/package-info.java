/**
 * What a campaign is and when it may be sent: its definition, the checks of its content and sender, the eligibility report, what an
 * approval is bound to, the steps.
 *
 * <p>Pure rules: no Camel, no SQL, no HTTP. The calls of Zoho Campaigns are in {@code campaigns}, the steps in {@code sending}.
 */
package io.consentbridge.mailing;
