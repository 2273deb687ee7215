package io.consentbridge.sandbox.crm.coql;

/**
 * What Zoho's documents on COQL leave open (docs/zoho-notes.md); corrected here once somebody has tried it on a real
 * organisation.
 */
public final class UncertainCoql {

    /** Whether {@code !=}, {@code not in} and {@code not like} are true of an empty field. Not documented. */
    static final boolean NULL_DIFFERS_FROM_VALUES = true;

    /**
     * Whether converted leads are among the rows when the query does not say (docs/zoho-notes.md, "CRM: COQL by keyset").
     */
    static final boolean CONVERTED_LEADS_INCLUDED = true;

    private UncertainCoql() {}
}
