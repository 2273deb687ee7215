package io.consentbridge.consent;

/** The result of {@link AddressScreening}: a person who can be mailed, or why the address cannot be used. */
public sealed interface Screened {

    /**
     * The address can be mailed.
     *
     * @param person the person
     * @param address the address as it is sent: as the CRM writes it, without invisible characters, its domain in ASCII
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
