package io.consentbridge.crm;

import io.consentbridge.mapping.CrmField;
import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says that a query would follow more lookups than allowed.
 *
 * <p>Zoho's documents allow a query "five base joins" (not beyond doubt; docs/zoho-notes.md, "CRM: COQL grammar"). Here that
 * means five lookups of the module itself, including those to users, anywhere in the query. A query for the deals of
 * contacts follows only one, so conditions on deals do not count.
 *
 * @param module the module that is read
 * @param lookups all that its query would follow, those of the conditions first
 * @param condition the number, counted from 1, of the first condition that is too many; empty if it is a mapped field
 * @param target the Campaigns field, if it is a mapped field
 */
public record Joins(String module, Set<String> lookups, Optional<Integer> condition, Optional<String> target) {

    private static final int MOST = 5;

    /** One use of a lookup. */
    private record Use(String lookup, Integer condition, String target) {}

    /**
     * The surplus of a sync; empty if its query is allowed.
     *
     * @param fields the fields that its module and mapping name, by API name
     */
    public static Optional<Joins> tooMany(Sync sync, Map<String, CrmField> fields) {
        Set<String> lookups = new LinkedHashSet<>();
        Use first = null;
        for (Use use : uses(sync, fields)) {
            if (lookups.add(use.lookup()) && lookups.size() == MOST + 1) {
                first = use;
            }
        }
        return Optional.ofNullable(first)
                .map(use -> new Joins(
                        sync.module(),
                        lookups,
                        Optional.ofNullable(use.condition()),
                        Optional.ofNullable(use.target())));
    }

    private static List<Use> uses(Sync sync, Map<String, CrmField> fields) {
        List<Use> uses = new ArrayList<>();
        if (sync.selection().scope() instanceof Selection.Criteria criteria) {
            for (int i = 0; i < criteria.conditions().size(); i++) {
                String field = criteria.conditions().get(i).field();
                if (field.indexOf('.') > 0 && !field.startsWith(BoundCondition.DEALS)) {
                    uses.add(new Use(field.substring(0, field.indexOf('.')), i + 1, null));
                }
            }
        }
        sync.mapping().fields().forEach((target, source) -> {
            CrmField field = fields.get(source);
            if (source.indexOf('.') > 0) {
                uses.add(new Use(source.substring(0, source.indexOf('.')), null, target));
            } else if (field != null && field.isUser()) {
                uses.add(new Use(source, null, target));
            }
        });
        return uses;
    }

    /** The problem, in words. */
    public String text() {
        return "a query of the CRM follows at most %s lookups, but the conditions and the mapping use %s of %s: %s"
                .formatted(MOST, lookups.size(), module, String.join(", ", lookups));
    }

    /** The remedy. */
    public String whatWouldBeRight() {
        return "remove the fields of " + (lookups.size() - MOST) + " of them";
    }
}
