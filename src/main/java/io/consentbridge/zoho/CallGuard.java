package io.consentbridge.zoho;

/** Has the last word on each call to the CRM and to Campaigns before it leaves. */
@FunctionalInterface
public interface CallGuard {

    /** Lets every call leave. */
    CallGuard NONE = (connection, api, method, verb) -> {};

    /**
     * Lets only those calls leave that change nothing: whatever is a GET, and queries of the CRM, which are POSTed
     * (docs/zoho-notes.md, "CRM: COQL requests and rows").
     */
    CallGuard READING = (connection, api, method, verb) -> {
        boolean query = api == Api.CRM && method.equals("coql");
        if (!verb.equals("GET") && !query) {
            throw new ZohoFault.Rejected(
                    "preview", connection.name() + ": a preview only reads, so " + method + " is not called");
        }
    };

    /**
     * Throws when the call must not leave.
     *
     * @param method the fixed words for counting, such as {@code json/listsubscribe}
     * @param verb the HTTP method
     */
    void check(Connection connection, Api api, String method, String verb);
}
