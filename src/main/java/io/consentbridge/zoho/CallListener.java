package io.consentbridge.zoho;

import java.time.Duration;

/** Is told of each call to Zoho, for metrics. It is called on the thread of the call, so it must be quick. */
@FunctionalInterface
public interface CallListener {

    /** Ignores calls. */
    CallListener NONE = (connection, api, method, result, took) -> {};

    /**
     * One call ended.
     *
     * @param connection name of the connection
     * @param api what was called
     * @param method its method in few, fixed words, such as {@code coql} or {@code json/listsubscribe}
     * @param result the HTTP status as text, or {@code unreachable}
     * @param took from sending to the last byte of the reply
     */
    void called(String connection, Api api, String method, String result, Duration took);
}
