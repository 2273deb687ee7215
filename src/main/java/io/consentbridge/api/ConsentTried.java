package io.consentbridge.api;

/**
 * A trial whose mail was sent.
 *
 * @param url with what the link of the mail begins
 * @param served whether this process serves the page behind the link
 */
public record ConsentTried(String purpose, String url, boolean served) {}
