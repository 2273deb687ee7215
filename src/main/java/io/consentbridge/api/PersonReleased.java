package io.consentbridge.api;

import java.util.List;

/**
 * A person whose suppressions by hand ended.
 *
 * @param person the normalised address
 * @param released where a suppression by hand ended; empty when there was none
 * @param remaining what still rules out mailing them, the strictest first
 */
public record PersonReleased(
        String person, List<PersonSuppressed.Where> released, List<ExplainView.Suppressed> remaining) {
    @Override
    public String toString() {
        return "release of a person";
    }
}
