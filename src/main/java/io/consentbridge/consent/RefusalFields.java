package io.consentbridge.consent;

import java.util.List;
import java.util.Set;

/**
 * The CRM's fields by which people refuse mail, and the modules in which they must be (docs/zoho-notes.md, "CRM: records of
 * people", "CRM: opt-out" and "CRM: lawful basis and consent"). A missing field says nothing; it never means that mail is
 * allowed.
 */
public final class RefusalFields {

    public static final String ADDRESS = "Email";
    public static final String OPT_OUT = "Email_Opt_Out";
    public static final String UNSUBSCRIBED = "Unsubscribed_Time";
    public static final String BASIS = "Data_Processing_Basis";

    /** The fields by any of which a record can refuse mail. */
    public static final List<String> ALL = List.of(OPT_OUT, UNSUBSCRIBED, BASIS);

    /** The modules of people that every organisation has. */
    public static final List<String> PEOPLE = List.of("Leads", "Contacts");

    /**
     * The fields of Zoho's own modules of people in every organisation: Zoho's SDK has both opt-out fields in Leads and
     * Contacts, and so have the exported organisations. One that legitimately lacks a field says so with {@code
     * without-modules}.
     */
    private static final Set<String> EVERYWHERE = Set.of(ADDRESS, OPT_OUT, UNSUBSCRIBED);

    private RefusalFields() {}

    /**
     * The fields that the module must have, in no order.
     *
     * @param privacy whether the organisation's privacy settings are on; only then is there a lawful basis
     *     (docs/zoho-notes.md, "CRM: organisation")
     */
    public static Set<String> required(String module, boolean privacy) {
        if (!PEOPLE.contains(module)) {
            return Set.of();
        }
        return privacy ? Set.of(ADDRESS, OPT_OUT, UNSUBSCRIBED, BASIS) : EVERYWHERE;
    }

    /** Zoho's type of a field that holds an e-mail address (docs/zoho-notes.md, "CRM: fields"). */
    public static final String ADDRESS_TYPE = "email";

    /** Whether the field refuses mail or identifies the person; other e-mail fields of a module are second addresses. */
    public static boolean isOne(String field) {
        return field.equals(ADDRESS) || ALL.contains(field);
    }

    /**
     * Whether the product may write the value into the field of a record: never one that takes a refusal back, or makes the
     * record that of somebody else.
     */
    public static boolean mayBecome(String field, Object value) {
        return field.equals(OPT_OUT) ? Boolean.TRUE.equals(value) : !isOne(field);
    }

    /** Whether people can refuse mail in a module with these fields. */
    public static boolean carriedBy(Set<String> fields) {
        return fields.contains(ADDRESS) && ALL.stream().anyMatch(fields::contains);
    }
}
