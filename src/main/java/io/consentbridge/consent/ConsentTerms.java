package io.consentbridge.consent;

import java.util.Optional;

/**
 * The terms of a purpose and a sync on consent, the same for every record.
 *
 * @param purposeBasis the basis on which the purpose's list is mailed
 * @param setting how people of a consent purpose are treated; empty if the basis is not consent
 * @param marketing false for the non-marketing subscription, which is withheld (B113; docs/decisions/0013-rulings.md, ruling
 *     10)
 * @param readsDetails whether the single record with its channels is read, and not only the state
 * @param excludesConverted whether leads that became contacts are left out (B54)
 */
public record ConsentTerms(
        LawfulBasis purposeBasis,
        Optional<ConsentSetting> setting,
        boolean marketing,
        boolean readsDetails,
        boolean excludesConverted) {}
