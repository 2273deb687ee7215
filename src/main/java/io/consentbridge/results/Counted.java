package io.consentbridge.results;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A figure of a campaign as Zoho reported it.
 *
 * @param count the number; empty if Zoho never gave one
 * @param at when it was read; of several parts the earliest; empty if there is no number
 * @param whole whether every part of the campaign has the number
 */
public record Counted(OptionalLong count, Optional<Instant> at, boolean whole) {

    static final Counted UNKNOWN = new Counted(OptionalLong.empty(), Optional.empty(), false);
}
