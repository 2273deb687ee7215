package io.consentbridge.consent;

/** What {@link AddressScreening} found: a person who can be reached, or why the address cannot be used. */
public sealed interface Screened {

    /**
     * The address can be mailed.
     *
     * @param person who it is
     * @param address as it is sent: as the CRM writes it, without anything that cannot be seen, its domain in ASCII
     */
    record Usable(Person person, String address) implements Screened {
        @Override
        public String toString() {
            return "usable address";
        }
    }

    /** The address cannot be used; the decision names the reason without showing the address. */
    record Unusable(Decision.Ignore decision) implements Screened {}
}
