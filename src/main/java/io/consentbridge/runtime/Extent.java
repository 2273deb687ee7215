package io.consentbridge.runtime;

/** How much of an installation is open, which decides which of its routes start. */
public enum Extent {
    /** Files and database: no route starts, and no credential is needed. */
    RECORDS,

    /** The routes that are called as well, which begin with {@code direct:} or {@code seda:}. */
    ROUTES,

    /** The same, and the HTTP API listens. */
    API,

    /** Everything: schedules fire, the API listens, and every route starts. */
    WHOLE;

    /** Whether routes are loaded at all; calls to Zoho pass through them, so that a credential is needed then. */
    public boolean hasRoutes() {
        return this != RECORDS;
    }

    /** Whether the HTTP API listens. */
    public boolean serves() {
        return this == API || this == WHOLE;
    }

    /** Whether schedules and timers fire. */
    public boolean triggers() {
        return this == WHOLE;
    }

    /**
     * Whether a route starts, whatever file it stands in.
     *
     * @param uri where the route begins, placeholders filled
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
