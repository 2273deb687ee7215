package io.consentbridge.sandbox.crm.rest;

/**
 * What Zoho's documents on reading and writing leave open (docs/zoho-notes.md); corrected here once somebody has tried it on
 * a real organisation.
 */
final class UncertainCrm {

    /**
     * An unknown name in {@code fields} of a list call: left out silently, or refused (docs/zoho-notes.md, "CRM: lists
     * of records").
     */
    static final boolean UNKNOWN_FIELDS_IGNORED = true;

    /** Whether deleted records have the limit of 2,000 of other lists (docs/zoho-notes.md, "CRM: deleted records"). */
    static final boolean DELETED_HAS_WALL = false;

    /**
     * Whether {@code Data_Processing_Basis_Details} may be selected in COQL (docs/zoho-notes.md, "CRM: lawful basis and
     * consent").
     */
    static final boolean CONSENT_DETAILS_IN_COQL = false;

    /** Whether the list of modules includes one that the credential may not read (docs/zoho-notes.md, "CRM: modules"). */
    static final boolean CLOSED_MODULES_ARE_LISTED = true;

    /** The code of a call beyond credits or concurrency; newest specifications also say RATE_LIMIT_EXCEEDED. */
    static final String TOO_MANY = "TOO_MANY_REQUESTS";

    private UncertainCrm() {}
}
