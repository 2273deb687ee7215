package io.consentbridge.consent;

import java.util.Locale;

/**
 * A person is one e-mail address, trimmed and compared without case (design: rules of consent).
 *
 * <p>Its text is personal data: {@link #toString()} does not show it, so that no log does.
 *
 * @param address the address, trimmed, in lower case
 */
public record Person(String address) {

    public Person {
        address = address.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "person";
    }
}
