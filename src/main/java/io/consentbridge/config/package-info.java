/**
 * Reads {@code config/}: settings, purposes and syncs, every mistake at once, with file, line and what would be right.
 *
 * <p>Whether a list, field or credential exists at Zoho is not known here.
 */
package io.consentbridge.config;
