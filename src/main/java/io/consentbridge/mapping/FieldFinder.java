package io.consentbridge.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the CRM fields that a mapping names, and explains why a field cannot be mapped (B36, B119). */
public final class FieldFinder {

    private final String module;
    private final Function<String, Map<String, CrmField>> fields;

    /**
     * @param module API name of the sync's module
     * @param fields reads the fields of a module by API name; asked for other modules only if a lookup leads there
     */
    public FieldFinder(String module, Function<String, Map<String, CrmField>> fields) {
        this.module = module;
        this.fields = fields;
    }

    /** The result of a search. */
    public sealed interface Found {

        /** The field, under its own name in its own module. */
        record Field(CrmField field) implements Found {}

        /** There is no such field, or it cannot be mapped. */
        record Refused(String why, String whatWouldBeRight) implements Found {}
    }

    /** @param source an API name, dotted for a field of another module or of a user */
    public Found find(String source) {
        Optional<String> byName = UnmappableFields.reason(source);
        if (byName.isPresent()) {
            return unmappable(source, byName.get());
        }
        int dot = source.indexOf('.');
        CrmField own = fields.apply(module).get(dot < 0 ? source : source.substring(0, dot));
        if (own == null) {
            return noField(module, source);
        }
        if (dot < 0) {
            return checked(source, own);
        }
        String inner = source.substring(dot + 1);
        if (own.isUser()) {
            return UserFields.ALL.contains(inner)
                    ? new Found.Field(new CrmField(inner, source, "text", null))
                    : new Found.Refused(
                            source + " is not a readable field of a user",
                            "write " + own.apiName() + ", or " + own.apiName() + ".email");
        }
        if (own.lookupModule() == null) {
            return new Found.Refused(
                    own.apiName() + " of " + module + " does not point to a single module, so " + source
                            + " refers to nothing",
                    "use a field behind a lookup of one module, such as Account_Name.Industry");
        }
        CrmField behind = fields.apply(own.lookupModule()).get(inner);
        return behind == null ? noField(own.lookupModule(), inner) : checked(source, behind);
    }

    private static Found checked(String source, CrmField field) {
        return UnmappableFields.reason(field)
                .map(why -> unmappable(source, why))
                .orElseGet(() -> new Found.Field(field));
    }

    private static Found unmappable(String source, String why) {
        return new Found.Refused(source + " cannot be mapped: " + why, "map another field");
    }

    private static Found noField(String module, String name) {
        return new Found.Refused(
                module + " has no field " + name,
                "write the API name of one of its fields, or, with a dot, of a field behind a lookup");
    }
}
