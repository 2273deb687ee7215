package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.coql.Condition;
import io.consentbridge.sandbox.crm.coql.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Criteria as bulk read takes them in JSON (docs/zoho-notes.md, "CRM: custom views" and "CRM: bulk read"). */
final class BulkCriteria {

    private static final int MOST_TESTS = 25;

    private BulkCriteria() {}

    static Condition read(JsonNode criteria) {
        if (criteria.isMissingNode() || criteria.isNull()) {
            return new Condition.All();
        }
        Condition condition = criteria.has("group") ? group(criteria) : test(criteria);
        if (condition.tests() > MOST_TESTS) {
            throw Refusal.of("CRITERIA_LIMIT_EXCEEDED", "criteria limit exceeded", Map.of("max_limit", MOST_TESTS));
        }
        return condition;
    }

    private static Condition group(JsonNode node) {
        boolean or = node.path("group_operator").asText("and").equalsIgnoreCase("or");
        Condition all = null;
        for (JsonNode member : node.get("group")) {
            Condition next = read(member);
            all = all == null ? next : or ? new Condition.Or(all, next) : new Condition.And(all, next);
        }
        if (all == null) {
            throw Refusal.of("INVALID_CRITERIA", "invalid criteria", Map.of());
        }
        return all;
    }

    private static Condition test(JsonNode node) {
        String field = node.path("field").path("api_name").asText();
        List<String> values = new ArrayList<>();
        JsonNode value = node.path("value");
        if (value.isArray()) {
            value.forEach(one -> values.add(one.asText()));
        } else {
            values.add(value.asText());
        }
        String word = node.path("comparator").asText();
        String first = values.isEmpty() ? "" : values.get(0);
        if (first.equals("${EMPTY}") || first.equals("${NOTEMPTY}")) {
            boolean empty = first.equals("${EMPTY}") == word.equals("equal");
            return new Condition.Test(field, empty ? Operator.IS_NULL : Operator.IS_NOT_NULL, List.of());
        }
        return switch (word) {
            case "contains" -> new Condition.Test(field, Operator.LIKE, List.of("%" + first + "%"));
            case "not_contains" -> new Condition.Test(field, Operator.NOT_LIKE, List.of("%" + first + "%"));
            case "starts_with" -> new Condition.Test(field, Operator.LIKE, List.of(first + "%"));
            case "ends_with" -> new Condition.Test(field, Operator.LIKE, List.of("%" + first));
            default -> new Condition.Test(field, operator(word, values.size() > 1), values);
        };
    }

    private static Operator operator(String word, boolean several) {
        return switch (word) {
            case "equal" -> several ? Operator.IN : Operator.EQUAL;
            case "not_equal" -> several ? Operator.NOT_IN : Operator.NOT_EQUAL;
            case "in" -> Operator.IN;
            case "not_in" -> Operator.NOT_IN;
            case "less_than" -> Operator.LESS;
            case "less_equal" -> Operator.LESS_OR_EQUAL;
            case "greater_than" -> Operator.GREATER;
            case "greater_equal" -> Operator.GREATER_OR_EQUAL;
            case "between" -> Operator.BETWEEN;
            case "not_between" -> Operator.NOT_BETWEEN;
            default ->
                throw Refusal.of(
                        "FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED",
                        "comparator not supported",
                        Map.of("comparator", word));
        };
    }
}
