package io.consentbridge.sandbox.web;

/** One of the APIs behind the port. */
@FunctionalInterface
public interface Api {

    /** Returns the endpoint for a call; an API answers for every path under its prefix, including unknown ones. */
    Endpoint endpoint(Request request);
}
