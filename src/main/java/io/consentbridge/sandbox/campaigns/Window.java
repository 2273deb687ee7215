package io.consentbridge.sandbox.campaigns;

/** A limit: a number of calls in a number of milliseconds. */
record Window(int calls, long millis) {}
