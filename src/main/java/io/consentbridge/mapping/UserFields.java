package io.consentbridge.mapping;

import java.util.Set;

/**
 * What a query says of a user, such as a record's owner.
 *
 * <p>Zoho documents {@code Owner.email} "and the like"; the other names follow the users API (docs/zoho-notes.md, "CRM:
 * COQL requests and rows" and "CRM: users"). This is the one place to change them.
 */
final class UserFields {

    /** What stands for the user as a whole. */
    static final String NAME = "full_name";

    static final Set<String> ALL = Set.of("full_name", "first_name", "last_name", "email");

    private UserFields() {}
}
