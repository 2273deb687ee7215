package io.consentbridge.reaction;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which fields of the CRM say that a person refuses mail, by the lists that the person left. */
public final class OptOutRule {

    private final WriteBack.OptOuts optOuts;

    public OptOutRule(WriteBack.OptOuts optOuts) {
        this.optOuts = optOuts;
    }

    /**
     * The CRM fields that are set, each to yes.
     *
     * @param departure a list that the person left
     * @param stays the purposes of the lists of the connection on which the person still is, a set for each list
     * @return empty where nothing is written
     */
    public Set<String> fields(Departure departure, Collection<Set<String>> stays) {
        Set<String> fields = new LinkedHashSet<>();
        if (!departure.byThemselves()) {
            return fields;
        }
        if (optOuts.field().isPresent()) {
            if (optOuts.when() == WriteBack.When.ANY_LIST || stays.isEmpty()) {
                fields.add(optOuts.field().get());
            }
            return fields;
        }
        departure.purposes().stream()
                .sorted()
                .filter(purpose -> optOuts.when() == WriteBack.When.ANY_LIST
                        || stays.stream().noneMatch(list -> list.contains(purpose)))
                .forEach(purpose -> optOuts.fieldOf(purpose).ifPresent(fields::add));
        return fields;
    }
}
