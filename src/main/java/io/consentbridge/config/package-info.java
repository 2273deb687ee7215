/**
 * Reads {@code config/}: settings, purposes and syncs, and reports every mistake at once, with file, line and remedy.
 *
 * <p>Whether a list, field or credential exists at Zoho is not known here.
 */
package io.consentbridge.config;
