package io.consentbridge.consent;

/**
 * A step of a route was handed something else than the consent rules decided, such as a person whose mail they withhold. What
 * the step was asked for is not done. Only an edit of a route leads here.
 */
public final class ConsentBreach extends RuntimeException {

    /** @param what the step and what it was handed, without personal data */
    public ConsentBreach(String what) {
        super("a route was edited so that " + what
                + "; no route can change what the consent rules decide: compare the routes"
                + " folder with the one that ships");
    }
}
