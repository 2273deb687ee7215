package io.consentbridge.sync;

import io.consentbridge.sync.ConditionFault.Element;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Binds conditions to the fields that they name (B21, B24, B31): those of the module, of the module behind one of its
 * lookups ({@code Account_Name.Industry}, B33), and of a contact's deals ({@code Deals.Stage}, B34).
 */
public final class ConditionBinder {

    private static final String DEALS = "Deals";
    private static final String CONTACTS = "Contacts";
    // Fields of a user, to whom an owner field points (docs/zoho-notes.md, "CRM: COQL requests and rows").
    private static final List<String> OF_USERS = List.of("id", "email", "full_name", "last_name");

    private final String module;
    private final Function<String, Map<String, SelectableField>> fields;
    private final ConditionValues values;

    /**
     * @param module API name of the sync's module
     * @param fields the fields of a module by API name
     * @param zone in which days begin
     * @param today the day on which the run began
     */
    public ConditionBinder(
            String module, Function<String, Map<String, SelectableField>> fields, ZoneId zone, LocalDate today) {
        this.module = module;
        this.fields = fields;
        this.values = new ConditionValues(zone, today);
    }

    /** All conditions, bound and numbered from 1. */
    public List<BoundCondition> bind(List<Selection.Condition> conditions) {
        return IntStream.range(0, conditions.size())
                .mapToObj(i -> bind(i + 1, conditions.get(i)))
                .toList();
    }

    /** @throws ConditionFault if field, operator and value do not go together */
    public BoundCondition bind(int number, Selection.Condition condition) {
        Operator operator = ConditionShape.check(condition);
        SelectableField field = find(condition.field());
        if (!field.kind().operators().contains(operator)) {
            throw new ConditionFault(
                    field.kind().operators().isEmpty() ? Element.FIELD : Element.OPERATOR,
                    condition.field() + " is " + field.kind().text() + " and does not support the operator" + " "
                            + operator.word(),
                    field.kind().operators().isEmpty() ? "use another field" : "write " + words(field));
        }
        List<Object> bound = values.read(condition, operator, field);
        return new BoundCondition(
                number,
                condition.field(),
                operator,
                field.kind(),
                bound,
                lookup(condition.field()),
                field.filterable(),
                ConditionText.of(condition));
    }

    private String lookup(String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 || name.startsWith(BoundCondition.DEALS) ? null : name.substring(0, dot);
        return first != null && fields.apply(module).get(first).lookupModule() != null ? first : null;
    }

    private SelectableField find(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return field(module, name, name);
        }
        String first = name.substring(0, dot);
        String rest = name.substring(dot + 1);
        if (first.equals(DEALS)) {
            if (!module.equals(CONTACTS)) {
                throw new ConditionFault(
                        Element.FIELD,
                        name + " is a field of a contact's deals, but the module is " + module,
                        "use a field of " + module + ", or write module: Contacts");
            }
            return field(DEALS, rest, name);
        }
        SelectableField lookup = field(module, first, name);
        if (lookup.lookupModule() != null) {
            return field(lookup.lookupModule(), rest, name);
        }
        if (lookup.kind() == FieldKind.REFERENCE && OF_USERS.contains(rest)) {
            return new SelectableField(name, FieldKind.TEXT, List.of(), null, true);
        }
        throw new ConditionFault(
                Element.FIELD,
                first + " is not a lookup, so " + name + " refers to nothing",
                "use a field of " + module);
    }

    private SelectableField field(String owner, String name, String whole) {
        Map<String, SelectableField> known = fields.apply(owner);
        SelectableField field = known.get(name);
        if (field == null) {
            String before = whole.substring(0, whole.length() - Math.min(whole.length(), name.length()));
            boolean last = whole.endsWith(name) && !whole.equals(name);
            throw new ConditionFault(
                    Element.FIELD,
                    owner + " has no field " + name,
                    Nearest.to(name, known.keySet())
                            .map(near -> "did you mean " + (last ? before : "") + near + "?")
                            .orElse("write the API name of one of its fields"));
        }
        return field;
    }

    private static String words(SelectableField field) {
        return field.kind().operators().stream().map(Operator::word).collect(Collectors.joining(", "));
    }
}
