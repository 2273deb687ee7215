/**
 * What both Zoho APIs share: connections, the access token, the signing of calls, faults.
 *
 * <p>What a reply of one of the two APIs means belongs to {@code crm} and {@code campaigns}.
 */
package io.consentbridge.zoho;
