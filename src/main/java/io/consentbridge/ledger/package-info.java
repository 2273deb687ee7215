/**
 * The ledger: events about consent, what seals and numbers them, and what proves that none was changed.
 *
 * <p>An event is appended in the transaction that makes it true, which needs no key. Sequencing, in batches and by one process
 * at a time, gives it its number, seals its evidence and adds its leaf to the Merkle log. The log itself, without a database,
 * belongs to {@code proof}.
 */
package io.consentbridge.ledger;
