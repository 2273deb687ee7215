/**
 * What both Zoho APIs share: connections, the access token, the signing of calls, faults.
 *
 * <p>The interpretation of replies belongs to {@code crm} and {@code campaigns}.
 */
package io.consentbridge.zoho;
