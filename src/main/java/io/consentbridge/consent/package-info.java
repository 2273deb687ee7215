/**
 * What may be mailed: lawful bases, purposes, the consent table, address screening and what counts as a refusal.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP. What becomes of a decision is not decided here.
 */
package io.consentbridge.consent;
