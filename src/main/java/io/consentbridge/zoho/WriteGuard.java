package io.consentbridge.zoho;

import java.net.URI;

/** Checks the content of a call before it leaves, as sent and not as headers describe it. */
@FunctionalInterface
public interface WriteGuard {

    /** Lets every call leave. */
    WriteGuard NONE = (connection, verb, address, body, question) -> {};

    /**
     * Throws if the call must not leave.
     *
     * @param connection the connection whose token it carries
     * @param verb the HTTP method
     * @param address the target, with its query
     * @param body null if there is none
     * @param question the question of the step that made the call
     */
    void check(Connection connection, String verb, URI address, byte[] body, Object question);
}
