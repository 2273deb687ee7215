package io.consentbridge.ledger;

import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;

/**
 * Under what an event about a person stands in the ledger.
 *
 * @param id row of the table ledger_subject
 * @param hash the keyed hash of the address
 * @param key the person's key; null once it is destroyed
 */
record Subject(long id, Hash hash, SealingKey key) {}
