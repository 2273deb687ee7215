package io.consentbridge.outbox;

import java.time.Instant;

/**
 * Who has claimed deliveries, and for how long.
 *
 * @param owner names the claiming process and worker
 * @param from the time of the claim
 * @param until when others may claim them again
 */
record ClaimLease(String owner, Instant from, Instant until) {}
