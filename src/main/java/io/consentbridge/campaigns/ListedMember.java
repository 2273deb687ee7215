package io.consentbridge.campaigns;

import io.consentbridge.consent.Person;
import java.util.Locale;

/**
 * Somebody as Campaigns lists them on a list. Its text is personal data, and {@link #toString()} does not show it.
 *
 * @param spelling the address as Campaigns has it, without blanks around it
 */
public record ListedMember(Person person, String spelling) {

    static ListedMember of(String listed) {
        return new ListedMember(new Person(listed), listed.trim());
    }

    /**
     * Whether the address is spelt otherwise than the one form of it, so that Campaigns may take both for two contacts. That it
     * compares addresses without case, and by nothing else, is an assumption (Z): no document says it.
     */
    public boolean isSpeltOtherwise() {
        return !spelling.toLowerCase(Locale.ROOT).equals(person.address());
    }

    @Override
    public String toString() {
        return "listed member";
    }
}
