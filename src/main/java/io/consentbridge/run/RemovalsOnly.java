package io.consentbridge.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What a limit left of a run: the opt-outs and deletions, which no limit holds back ( docs/decisions/0013-rulings.md,
 * ruling 1).
 *
 * @param endsAs deferred or refused
 * @param because the rule, its figures and what follows
 * @param dueAgain when the whole run follows by itself; empty when it does not
 */
public record RemovalsOnly(RunState endsAs, String because, Optional<Instant> dueAgain) {

    /** What is left of the parts of an order of which a limit left only that; the order itself follows, its parts do not. */
    public static Optional<RemovalsOnly> ofPart(Run order) {
        return order.leaversOnly()
                ? Optional.of(new RemovalsOnly(order.endsAs(), order.message().orElse(""), Optional.empty()))
                : Optional.empty();
    }
}
