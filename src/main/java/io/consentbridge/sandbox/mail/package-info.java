/**
 * Mail in the sandbox: an SMTP server that takes every mail and delivers none outside, a mailbox with a page to read them, an
 * IMAP server for the reports of mail that came back, and people who press the buttons behind links.
 */
package io.consentbridge.sandbox.mail;
