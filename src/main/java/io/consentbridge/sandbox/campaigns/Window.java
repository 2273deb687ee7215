package io.consentbridge.sandbox.campaigns;

/** A limit: so many calls in so many milliseconds. */
record Window(int calls, long millis) {}
