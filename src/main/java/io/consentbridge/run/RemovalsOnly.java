package io.consentbridge.run;

import java.time.Instant;
import java.util.Optional;

/**
 * The restriction that a limit puts on a run: only opt-outs and deletions are carried out, since no limit holds these back
 * (docs/decisions/0013-rulings.md, ruling 1).
 *
 * @param endsAs deferred or refused
 * @param because the rule, its figures and what follows
 * @param dueAgain when the whole run follows by itself; empty when it does not follow
 */
public record RemovalsOnly(RunState endsAs, String because, Optional<Instant> dueAgain) {

    /** The restriction of the part runs of a parent run that a limit restricts; only the parent run is due again. */
    public static Optional<RemovalsOnly> partOf(Run parent) {
        return parent.leaversOnly()
                ? Optional.of(new RemovalsOnly(parent.endsAs(), parent.message().orElse(""), Optional.empty()))
                : Optional.empty();
    }
}
