package io.consentbridge.api;

import io.consentbridge.person.Leaving;
import io.consentbridge.person.Scope;
import java.util.List;

/**
 * A person who was suppressed by hand.
 *
 * @param person the normalised address
 * @param suppressed where they are suppressed by hand now
 * @param leaving the lists that they leave now
 */
public record PersonSuppressed(String person, List<Where> suppressed, List<Leaving> leaving) {

    /**
     * Where a suppression counts.
     *
     * @param list the name of the list; null for every list of the connection
     */
    public record Where(String connection, String list) {

        static Where of(Scope scope) {
            return new Where(
                    scope.connection(), scope.list().map(list -> list.name()).orElse(null));
        }
    }

    @Override
    public String toString() {
        return "suppression of a person";
    }
}
