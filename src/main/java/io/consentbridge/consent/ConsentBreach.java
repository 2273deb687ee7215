package io.consentbridge.consent;

/**
 * Says that a step of a route was given something other than the consent rules decided, such as a person whose mail they
 * withhold. The step is not carried out. Only an edited route causes this.
 */
public final class ConsentBreach extends RuntimeException {

    /** @param what the step and what it was given, without personal data */
    public ConsentBreach(String what) {
        super("a route was edited so that " + what
                + "; no route can change what the consent rules decide: compare the routes"
                + " folder with the one that ships");
    }
}
