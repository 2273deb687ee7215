package io.consentbridge.api;

/**
 * A trial whose mail was sent, or for which Campaigns was told to ask.
 *
 * @param list the list by which Campaigns asks; null where the product sends the mail
 * @param url with what the link of the mail begins; null where Campaigns sends it
 * @param served whether this process serves the page behind the link
 */
public record ConsentTried(String purpose, String list, String url, boolean served) {}
