package io.consentbridge.consent;

/**
 * A person is one e-mail address in one form: all its spellings are the same person ({@link AddressForm}; docs/consent.md,
 * "One person").
 *
 * <p>Its text is personal data: {@link #toString()} does not show it, so that no log does.
 *
 * @param address the address by which people are compared: in lower case, without invisible characters, its domain in ASCII
 */
public record Person(String address) {

    public Person {
        address = AddressForm.compared(address);
    }

    // Written out, because people are keys everywhere, and the generated ones go through method handles.
    @Override
    public boolean equals(Object other) {
        return other instanceof Person person && address.equals(person.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return "person";
    }
}
