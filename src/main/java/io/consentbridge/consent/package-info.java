/**
 * The consent rules: lawful bases, purposes, the consent table, address screening and refusals.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP. How a decision is carried out is not decided here.
 */
package io.consentbridge.consent;
