package io.consentbridge.outbox;

import java.time.Duration;

/**
 * Who claims deliveries.
 *
 * @param owner names this process
 * @param batch how many deliveries a claim takes at most
 * @param batches how many claims it has in flight at most
 * @param lease how long they are this process' own
 */
public record Claimant(String owner, int batch, int batches, Duration lease) {}
