package io.consentbridge.polling;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.sync.FieldKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The fields of a module that say whose record it is and whether that person refuses mail.
 *
 * @param names API names of fields that can be read: those of {@link RefusalFields}, and others that hold an e-mail address
 * @param odd fields of {@link RefusalFields} that are of another kind than Zoho's own field of that name, with their kind;
 *     an organisation can give its own field such a name
 * @param restricted fields of {@link RefusalFields} that exist and whose values the API does not give
 */
public record PeopleFields(Set<String> names, Map<String, FieldKind> odd, Set<String> restricted) {

    private static final Map<String, FieldKind> USUAL = Map.of(
            RefusalFields.OPT_OUT, FieldKind.BOOLEAN,
            RefusalFields.UNSUBSCRIBED, FieldKind.DATE_TIME,
            RefusalFields.BASIS, FieldKind.CHOICE);

    public PeopleFields {
        names = Set.copyOf(names);
        odd = Map.copyOf(odd);
        restricted = Set.copyOf(restricted);
    }

    /** Fields of the kinds that Zoho gives them. */
    static PeopleFields usual(Set<String> names) {
        return new PeopleFields(names, Map.of(), Set.of());
    }

    /** Whether Zoho's own field of that name is of another kind; false for other names. */
    static boolean isOdd(String field, FieldKind kind) {
        return USUAL.getOrDefault(field, kind) != kind;
    }

    FieldKind kind(String field) {
        return odd.getOrDefault(field, USUAL.getOrDefault(field, FieldKind.TEXT));
    }

    /** Those fields that are in {@link RefusalFields}, whether the API gives their values or not. */
    Set<String> ofRefusals() {
        Set<String> all = new TreeSet<>(restricted);
        names.stream().filter(RefusalFields::isOne).forEach(all::add);
        return all;
    }

    /** The odd fields as a text for the database, separated by blanks. */
    String oddText() {
        return new TreeMap<>(odd)
                .entrySet().stream()
                        .map(one -> one.getKey() + ":" + one.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** The odd fields from a text of {@link #oddText}. */
    static Map<String, FieldKind> odd(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split(":"))
                .collect(Collectors.toMap(word -> word[0], word -> FieldKind.valueOf(word[1])));
    }
}
