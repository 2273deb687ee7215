/** Zoho accounts: access tokens for refresh tokens, with the limits of the CRM notes, section 1. */
package io.consentbridge.sandbox.accounts;
