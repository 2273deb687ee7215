package io.consentbridge.consent;

import java.util.Optional;

/**
 * What a purpose and a sync say about consent, before any record is looked at.
 *
 * @param purposeBasis the basis on which the purpose's list is mailed
 * @param setting how people of a consent purpose are treated; empty where the basis is not consent
 * @param marketing false for the non-marketing subscription, which is held back (B113; docs/decisions/0013-rulings.md,
 *     ruling 10)
 * @param readsDetails whether the single record with its channels is read, not the state alone
 * @param excludesConverted whether leads that became contacts are left out (B54)
 */
public record ConsentTerms(
        LawfulBasis purposeBasis,
        Optional<ConsentSetting> setting,
        boolean marketing,
        boolean readsDetails,
        boolean excludesConverted) {}
