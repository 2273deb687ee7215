package io.consentbridge.campaigns;

import io.consentbridge.consent.Person;
import java.util.Locale;

/**
 * A member as Campaigns lists them. The text is personal data, and {@link #toString()} does not show it.
 *
 * @param spelling the address as Campaigns has it, without surrounding blanks
 */
public record ListedMember(Person person, String spelling) {

    static ListedMember of(String listed) {
        return new ListedMember(new Person(listed), listed.trim());
    }

    /**
     * Whether the spelling differs from the normal form of the address, so that Campaigns may take both for two contacts. It
     * is assumed that Campaigns compares addresses without case and otherwise exactly (Z): no document says so.
     */
    public boolean isSpeltOtherwise() {
        return !spelling.toLowerCase(Locale.ROOT).equals(person.address());
    }

    @Override
    public String toString() {
        return "listed member";
    }
}
