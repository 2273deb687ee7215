package io.consentbridge.mapping;

import java.util.Set;

/**
 * The fields of a user, such as a record's owner, in a query.
 *
 * <p>Zoho documents {@code Owner.email} "and the like"; the other names follow the users API (docs/zoho-notes.md, "CRM: COQL
 * requests and rows" and "CRM: users"). They are defined only here.
 */
final class UserFields {

    /** The name, which represents the user as a whole. */
    static final String NAME = "full_name";

    static final Set<String> ALL = Set.of("full_name", "first_name", "last_name", "email");

    private UserFields() {}
}
