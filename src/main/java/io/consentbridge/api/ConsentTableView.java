package io.consentbridge.api;

import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentRule;
import java.util.List;

/**
 * The consent table that this program evaluates.
 *
 * @param version stands for the table, and is in each entry of the ledger that it decided
 * @param rows read from the top; the first one that fits decides
 */
public record ConsentTableView(String version, List<ConsentRule> rows) {

    /** The table of this program. */
    public static ConsentTableView now() {
        return new ConsentTableView(ConsentPolicy.version(), ConsentPolicy.table());
    }
}
