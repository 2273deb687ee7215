package io.consentbridge.confirmation;

import java.time.Instant;
import java.util.Optional;

/**
 * What a link stands for, read without changing anything.
 *
 * @param connection name of the connection
 * @param purpose name of the purpose
 * @param statementVersion version of the wording that the person was shown
 * @param state the present state
 * @param replaced whether wording or address changed since, so that the link confirms nothing any more
 * @param expiresAt until when the person may confirm; empty when they no longer may
 */
public record OpenRequest(
        String connection,
        String purpose,
        String statementVersion,
        RequestState state,
        boolean replaced,
        Optional<Instant> expiresAt) {}
