package io.consentbridge.ledger;

import java.time.Instant;

/**
 * A signed checkpoint of the log.
 *
 * @param size how many entries it covers
 * @param note in the form of c2sp.org/tlog-checkpoint
 * @param madeAt when it was made
 */
public record StoredCheckpoint(long size, String note, Instant madeAt) {}
