package io.consentbridge.crm;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A custom view of a CRM module (docs/zoho-notes.md, "CRM: custom views").
 *
 * @param id its id
 * @param name its name, as people see it
 * @param criteria its criteria as JSON; empty if it has none, null if the list of views did not contain them
 * @param steady whether only a change of a record itself can bring it into the view; if not, the whole view is read every
 *     time
 */
public record CustomView(String id, String name, String criteria, boolean steady) implements Listed {

    private static final Pattern MACRO = Pattern.compile("\\$\\{[^}]*}");

    /** Macros whose meaning does not change with time; all others depend on the day. */
    private static final Set<String> LASTING = Set.of("${EMPTY}", "${NOTEMPTY}", "${CURRENTUSER}");

    @Override
    public String path(String module) {
        return Coql.module(module);
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("cvid", id);
    }

    static CustomView of(JsonValue view) {
        JsonValue criteria = view.path("criteria");
        boolean told = view.has("criteria");
        String text = told ? criteria.isAbsent() ? "" : ZohoJson.write(criteria.value()) : null;
        // The API may not tell the criteria of system views, such as those of the last week.
        boolean open = !criteria.isObject()
                && view.path("system_defined").flag(false)
                && !view.path("system_name").text().equals("ALLVIEWS");
        boolean related = !view.path("cross_filters").isEmpty();
        String name = view.path("display_value").text(view.path("name").text());
        return new CustomView(view.path("id").text(), name, text, !open && !related && isSteady(criteria));
    }

    private static boolean isSteady(JsonValue criteria) {
        if (criteria.isObject()) {
            String type = criteria.path("type").text("value");
            String field = criteria.path("field").path("api_name").text();
            if (!type.equals("value") && !type.equals("pre_defined") || field.contains(".")) {
                return false;
            }
        }
        if (criteria.isText()) {
            Matcher macro = MACRO.matcher(criteria.text());
            return macro.results().allMatch(found -> LASTING.contains(found.group()));
        }
        for (JsonValue part : criteria.values()) {
            if (!isSteady(part)) {
                return false;
            }
        }
        return true;
    }

    /** The view with that id or name; the case of letters is ignored if only one view matches then. */
    public static Optional<CustomView> find(List<CustomView> views, String nameOrId) {
        List<CustomView> loose = views.stream()
                .filter(view -> view.name.equalsIgnoreCase(nameOrId))
                .toList();
        return views.stream()
                .filter(view -> view.id.equals(nameOrId))
                .findFirst()
                .or(() -> views.stream()
                        .filter(view -> view.name.equals(nameOrId))
                        .findFirst())
                .or(() -> loose.size() == 1 ? Optional.of(loose.get(0)) : Optional.empty());
    }
}
