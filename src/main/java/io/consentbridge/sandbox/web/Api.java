package io.consentbridge.sandbox.web;

/** One of the APIs behind the port. */
@FunctionalInterface
public interface Api {

    /** The endpoint for a call; an API answers for every path under its prefix, unknown ones too. */
    Endpoint endpoint(Request request);
}
