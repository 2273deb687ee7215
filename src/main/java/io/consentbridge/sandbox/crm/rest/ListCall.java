package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** The checked parameters of a list read (docs/zoho-notes.md, "CRM: lists of records"). */
record ListCall(
        List<FieldSpec> fields,
        int page,
        int perPage,
        String token,
        String sortBy,
        boolean ascending,
        View view,
        Set<Long> ids,
        String converted,
        OptionalLong since,
        int bound) {

    private static final int MOST_FIELDS = 50;
    private static final int MOST_IDS = 100;
    private static final int MOST_ROWS = 200;
    private static final List<String> SORTABLE = List.of("id", "Created_Time", "Modified_Time");

    static ListCall of(ModuleStore store, Request request) {
        if (request.param("page") != null && request.param("page_token") != null) {
            throw ambiguous("page", "page_token");
        }
        if (request.param("cvid") != null && request.param("sort_by") != null) {
            throw ambiguous("cvid", "sort_by");
        }
        String sortBy = request.param("sort_by", "id");
        if (!SORTABLE.contains(sortBy)) {
            throw Refusal.of(
                    "INVALID_DATA",
                    "the value given seems to be invalid",
                    Map.of("param_name", "sort_by", "supported_values", SORTABLE));
        }
        return new ListCall(
                fields(store, request),
                number(request, "page", 1, Integer.MAX_VALUE / 200),
                number(request, "per_page", MOST_ROWS, MOST_ROWS),
                request.param("page_token"),
                sortBy,
                word(request, "sort_order", "desc", List.of("asc", "desc")).equals("asc"),
                view(store, request.param("cvid")),
                ids(request.param("ids")),
                word(request, "converted", "false", List.of("true", "false", "both")),
                Times.header(request, "If-Modified-Since"),
                bound(request));
    }

    private static List<FieldSpec> fields(ModuleStore store, Request request) {
        String names = request.param("fields");
        if (names == null || names.isBlank()) {
            throw Refusal.missing("fields");
        }
        List<FieldSpec> fields = new ArrayList<>();
        String[] wanted = names.split(",");
        if (wanted.length > MOST_FIELDS) {
            throw Refusal.of(
                    "LIMIT_EXCEEDED",
                    "You can only request 50 fields",
                    Map.of("limit", MOST_FIELDS, "param_name", "fields"));
        }
        for (String name : wanted) {
            FieldSpec field = store.access().gives(name.trim()) ? store.spec().field(name.trim()) : null;
            if (field == null && !UncertainCrm.UNKNOWN_FIELDS_IGNORED) {
                throw Refusal.invalid("fields");
            }
            if (field != null && !field.singleReadOnly()) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static View view(ModuleStore store, String cvid) {
        List<View> views = View.of(store);
        if (cvid == null) {
            return views.get(0);
        }
        return views.stream()
                .filter(view -> Long.toString(view.id()).equals(cvid))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("cvid"));
    }

    private static Set<Long> ids(String list) {
        if (list == null) {
            return null;
        }
        Set<Long> ids = new HashSet<>();
        for (String id : list.split(",")) {
            if (!id.trim().matches("\\d{1,19}")) {
                throw Refusal.of(
                        "PATTERN_NOT_MATCHED",
                        "Please check whether the input values are correct",
                        Map.of("param_name", "ids"));
            }
            ids.add(Long.parseUnsignedLong(id.trim()));
        }
        if (ids.size() > MOST_IDS) {
            throw Refusal.of("LIMIT_EXCEEDED", "too many ids", Map.of("limit", MOST_IDS, "param_name", "ids"));
        }
        return ids;
    }

    private static int number(Request request, String name, int otherwise, int most) {
        String text = request.param(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number < 1 || number > most) {
                throw Refusal.invalid(name);
            }
            return number;
        } catch (NumberFormatException e) {
            throw Refusal.invalid(name);
        }
    }

    private static String word(Request request, String name, String otherwise, List<String> words) {
        String word = request.param(name, otherwise);
        if (!words.contains(word)) {
            throw Refusal.of(
                    "INVALID_DATA",
                    "the value given seems to be invalid",
                    Map.of("param_name", name, "supported_values", words));
        }
        return word;
    }

    private static int bound(Request request) {
        return Objects.hash(
                request.path(),
                request.param("fields"),
                request.param("per_page", "200"),
                request.param("sort_by", "id"),
                request.param("sort_order", "desc"),
                request.param("cvid"),
                request.param("converted", "false"),
                request.param("ids"));
    }

    private static Refusal ambiguous(String one, String other) {
        return Refusal.of(
                "AMBIGUITY_DURING_PROCESSING",
                "ambiguity while processing the request",
                Map.of("ambiguity_due_to", List.of(Map.of("param_name", one), Map.of("param_name", other))));
    }
}
