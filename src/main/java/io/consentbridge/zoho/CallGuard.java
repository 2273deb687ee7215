package io.consentbridge.zoho;

/** Decides last whether a call to the CRM or to Campaigns may leave. */
@FunctionalInterface
public interface CallGuard {

    /** Lets every call leave. */
    CallGuard NONE = (connection, api, method, verb) -> {};

    /**
     * Lets only reading calls leave: every GET, and queries of the CRM, which are POSTed (docs/zoho-notes.md, "CRM: COQL
     * requests and rows").
     */
    CallGuard READING = (connection, api, method, verb) -> {
        boolean query = api == Api.CRM && method.equals("coql");
        if (!verb.equals("GET") && !query) {
            throw new ZohoFault.Rejected(
                    "preview", connection.name() + ": a preview only reads, so " + method + " is not called");
        }
    };

    /**
     * Throws if the call must not leave.
     *
     * @param method the fixed words for counting, such as {@code json/listsubscribe}
     * @param verb the HTTP method
     */
    void check(Connection connection, Api api, String method, String verb);
}
