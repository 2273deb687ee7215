/**
 * The mail that asks a person for consent: its template, the SMTP server that takes it, and the reports of mail that could not
 * be delivered.
 */
package io.consentbridge.confirmation.mail;
