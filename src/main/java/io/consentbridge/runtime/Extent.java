package io.consentbridge.runtime;

/** How much of an installation is open, which decides which of its routes start. */
public enum Extent {
    /** Files and database: no route starts, and no credential is needed. */
    RECORDS,

    /** The routes that are called also start: those that begin with {@code direct:} or {@code seda:}. */
    ROUTES,

    /** The called routes start, and the HTTP API listens. */
    API,

    /** Everything: schedules fire, the API listens, and every route starts. */
    WHOLE;

    /** Returns whether routes are loaded at all; calls to Zoho pass through them, so a credential is needed then. */
    public boolean hasRoutes() {
        return this != RECORDS;
    }

    /** Returns whether the HTTP API listens. */
    public boolean serves() {
        return this == API || this == WHOLE;
    }

    /** Returns whether schedules and timers fire. */
    public boolean triggers() {
        return this == WHOLE;
    }

    /**
     * Returns whether a route starts, whichever file defines it.
     *
     * @param uri the endpoint from which the route reads, with its placeholders filled
     */
    boolean starts(String uri) {
        return switch (this) {
            case RECORDS -> false;
            case ROUTES -> isCalled(uri);
            case API -> isCalled(uri) || uri.matches("platform-http:(//)?/(api|observe)/.*");
            case WHOLE -> true;
        };
    }

    private static boolean isCalled(String uri) {
        return uri.startsWith("direct:") || uri.startsWith("seda:");
    }
}
