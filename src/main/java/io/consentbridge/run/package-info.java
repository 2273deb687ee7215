/**
 * A run from admission to closing, page by page, and its history.
 *
 * <p>What may be mailed is decided in {@code consent}; what is due is kept in {@code outbox}.
 */
package io.consentbridge.run;

