package io.consentbridge.zoho;

import java.net.URI;

/** Looks at what a call says before it leaves, as it stands on the wire and not as a header tells. */
@FunctionalInterface
public interface WriteGuard {

    /** Lets every call leave. */
    WriteGuard NONE = (connection, verb, address, body, question) -> {};

    /**
     * Throws when the call must not leave.
     *
     * @param connection whose token it takes along
     * @param verb the HTTP method
     * @param address where to, with its query
     * @param body null when there is none
     * @param question what the step that placed the call was asked
     */
    void check(Connection connection, String verb, URI address, byte[] body, Object question);
}
