package io.consentbridge.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The API names of the CRM's own modules of people. */
final class ModuleName {

    private static final List<String> STANDARD = List.of("Leads", "Contacts", "Accounts", "Deals", "Vendors");

    private ModuleName() {}

    /** The standard module that is meant by a name in another case or in the singular; empty for any other name. */
    static Optional<String> standard(String name) {
        if (name == null || STANDARD.contains(name)) {
            return Optional.empty();
        }
        String meant = name.strip().toLowerCase(Locale.ROOT);
        return STANDARD.stream()
                .filter(one -> one.toLowerCase(Locale.ROOT).equals(meant)
                        || one.toLowerCase(Locale.ROOT).equals(meant + "s"))
                .findFirst();
    }
}
