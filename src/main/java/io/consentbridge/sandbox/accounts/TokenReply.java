package io.consentbridge.sandbox.accounts;

/** The reply to a request for an access token. */
public sealed interface TokenReply {

    record Granted(String accessToken) implements TokenReply {}

    /** Refused with the {@code error} word of the accounts server. */
    record Refused(String error) implements TokenReply {}

    /** More than 10 tokens in 10 minutes. */
    record TooMany() implements TokenReply {}
}
