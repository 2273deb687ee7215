package io.consentbridge.confirmation.page;

import java.time.Instant;

/**
 * An answer that somebody gave on the page, with the evidence of it.
 *
 * @param agrees whether they agree; otherwise they refuse
 * @param at when the page received it
 * @param userAgent what their program says of itself, shortened; empty when it says nothing
 * @param address from where it came, as far as {@code confirmation.ip} allows; empty when it is not kept
 */
public record PageAnswer(boolean agrees, Instant at, String userAgent, String address) {

    /** Shows no value: they are data of a person. */
    @Override
    public String toString() {
        return agrees ? "consent" : "refusal";
    }
}
