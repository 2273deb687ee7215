/**
 * Servers of mail: the connection to the one that takes mails, and why one does not answer as it should, in words for the person
 * who can change that.
 */
package io.consentbridge.mail;
