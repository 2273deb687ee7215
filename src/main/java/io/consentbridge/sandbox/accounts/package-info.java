/**
 * Zoho accounts: access tokens for refresh tokens, with their documented limits (docs/zoho-notes.md, "Accounts: token
 * limits").
 */
package io.consentbridge.sandbox.accounts;
