package io.consentbridge.decision;

import io.consentbridge.audience.Suppression;
import io.consentbridge.confirmation.AskedBefore;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A person who refused a request of a purpose refused the purpose, also when it has another list by now. */
final class RefusedRequests {

    private RefusedRequests() {}

    /** The suppressions of a page's people, and those of people among them who refused a request of the purpose. */
    static Map<Person, List<Suppression>> among(
            Map<Person, List<Suppression>> suppressions,
            Map<Person, AskedBefore> requests,
            String connection,
            long listId,
            Optional<Purpose> purpose) {
        Map<Person, List<Suppression>> all = new HashMap<>(suppressions);
        purpose.map(wanted -> Suppression.confirmation(wanted.name()))
                .ifPresent(origin -> requests.forEach((person, asked) -> asked.refusedAt()
                        .filter(at -> all.getOrDefault(person, List.of()).stream()
                                .noneMatch(known -> known.origin().equals(origin)))
                        .ifPresent(at -> {
                            List<Suppression> against = new ArrayList<>(all.getOrDefault(person, List.of()));
                            against.add(
                                    new Suppression(connection, person, listId, origin, IgnoreReason.OPTED_OUT, at));
                            all.put(person, against);
                        })));
        return all;
    }
}
