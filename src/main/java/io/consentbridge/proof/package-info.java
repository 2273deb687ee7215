/**
 * The consent ledger as a Merkle log: the form of its entries, their hashes, tiles, proofs, signed checkpoints, and the
 * sealing of evidence.
 *
 * <p>Pure rules: nothing here knows a database, Camel or HTTP. The formats are public ones, so that an outsider can check
 * the log with tools of their own: RFC 8785 (canonical JSON), RFC 6962 §2.1 (hashes and proofs), and
 * c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/signed-note and c2sp.org/tlog-proof.
 */
package io.consentbridge.proof;
