package io.consentbridge.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One edit of a shipped route file at one of its steps, as somebody makes it with Kaoto or an editor.
 *
 * @param file the route file, without its ending
 * @param step the id of the step
 * @param kind the name of what is done to it
 */
record StepEdit(String file, String step, String kind) {

    static final List<String> FILES =
            List.of("deliver", "route-by-consent", "poll-crm", "run", "zoho-campaigns", "zoho-crm", "failures");

    /** Steps before anything is claimed, and the one that ends runs. */
    private static final Set<String> BEFORE_CLAIMS = Set.of("deliver", "each-batch", "close-rest");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String STEP = "STEP";
    private static final String AUX = "own-aside";

    /** Steps that stand before the one of the edit. */
    private static final Map<String, String> BEFORE = new LinkedHashMap<>();

    /** Steps that stand in its place; STEP is the step itself, and {@code direct:own-aside} a route that only has it. */
    private static final Map<String, String> INSTEAD = new LinkedHashMap<>();

    /** Step beside step for the whole rest of the list; STEP is the rest. */
    private static final Map<String, String> AROUND_REST = new LinkedHashMap<>();

    private static String simple(String text) {
        return "{expression: {simple: {expression: \"" + text + "\"}}}";
    }

    private static String named(String name, String text) {
        return "{name: \"" + name + "\", expression: {simple: {expression: \"" + text + "\"}}}";
    }

    /** The first that comes takes the place of all that follow. */
    private static String stale(String held, String set) {
        return "{choice: {when: [{expression: {simple: {expression: \"${variable.global:own} == null\"}}, steps: ["
                + "{setVariable: " + named("global:own", held) + "}]}], otherwise: {steps: [" + set + "]}}}";
    }

    static {
        BEFORE.put("setBody text", "[{setBody: " + simple("nothing") + "}]");
        BEFORE.put("setBody null", "[{setBody: " + simple("${null}") + "}]");
        BEFORE.put(
                "setBody success", "[{setBody: {expression: {constant: {expression: '{\"status\":\"success\"}'}}}}]");
        BEFORE.put(
                "setBody stale", "[" + stale("${body}", "{setBody: " + simple("${variable.global:own}") + "}") + "]");
        BEFORE.put(
                "setBody map",
                "[{setBody: {expression: {constant: {expression: '{\"status\":\"success\",\"code\":\"0\",\"data\":[],"
                        + "\"info\":{\"more_records\":false},\"list_of_details\":[]}'}}}}, {unmarshal: {json: "
                        + "{library: Jackson, objectMapper: zohoJson, unmarshalType: java.util.Map}}}]");
        for (String variable : List.of("run", "connection", "delivery", "decision", "action", "selection", "unready")) {
            BEFORE.put("setVariable " + variable, "[{setVariable: " + named(variable, "another") + "}]");
        }
        BEFORE.put("setVariable deliver", "[{setVariable: " + named("decision", "deliver") + "}]");
        BEFORE.put("setVariable subscribe", "[{setVariable: " + named("action", "subscribe") + "}]");
        for (String variable : List.of("run", "delivery")) {
            BEFORE.put(
                    "stale variable " + variable,
                    "["
                            + stale(
                                    "${variable." + variable + "}",
                                    "{setVariable: " + named(variable, "${variable.global:own}") + "}")
                            + "]");
        }
        BEFORE.put("removeVariable *", "[{removeVariable: {name: \"*\"}}]");
        BEFORE.put("removeHeaders *", "[{removeHeaders: {pattern: \"*\"}}]");
        for (String header : List.of("CamelHttpResponseCode", "CamelHttpPath", "CamelHttpQuery", "CamelHttpMethod")) {
            String value = header.equals("CamelHttpResponseCode") ? "204" : "GET";
            BEFORE.put("setHeader " + header, "[{setHeader: " + named(header, value) + "}]");
        }
        BEFORE.put("removeProperties *", "[{removeProperties: {pattern: \"*\"}}]");
        BEFORE.put("setProperty placedCall", "[{setProperty: " + named("placedCall", "another") + "}]");
        BEFORE.put("setProperty delivery", "[{setProperty: " + named("delivery", "another") + "}]");
        BEFORE.put("setProperty campaignsMethod", "[{setProperty: " + named("campaignsMethod", "topics") + "}]");
        BEFORE.put("clear body", "[{setVariable: " + named("own", "${body.clear}") + "}]");
        BEFORE.put("clear fields", "[{setVariable: " + named("own", "${variable.run.fields.clear}") + "}]");
        BEFORE.put("clear json", "[{setVariable: " + named("own", "${body.json.clear}") + "}]");
        BEFORE.put("convertBodyTo", "[{convertBodyTo: {type: java.lang.String}}]");
        BEFORE.put("stop", "[{stop: {}}]");
        BEFORE.put("delay", "[{delay: {expression: {constant: {expression: \"2\"}}}}]");
        BEFORE.put("threads", "[{threads: {poolSize: \"2\"}}]");
        BEFORE.put("sample", "[{sample: {messageFrequency: \"2\"}}]");
        BEFORE.put(
                "throw",
                "[{throwException: {exceptionType: java.lang.IllegalStateException, message: \"own step failed\"}}]");
        BEFORE.put(
                "throw sometimes",
                "[{filter: {expression: {simple: {expression: \"${random(0,2)} == 0\"}}, steps: [{throwException: "
                        + "{exceptionType: java.lang.IllegalStateException, message: \"own step failed\"}}]}}]");

        INSTEAD.put("nothing", "[]");
        INSTEAD.put(
                "filter some",
                "[{filter: {expression: {simple: {expression: \"${random(0,2)} == 0\"}}, steps: [STEP]}}]");
        INSTEAD.put("multicast", "[{multicast: {steps: [STEP, STEP]}}]");
        INSTEAD.put("twice", "[STEP, STEP]");
        INSTEAD.put("split", "[{split: {expression: {simple: {expression: \"${body}\"}}, steps: [STEP]}}]");
        INSTEAD.put("loop", "[{loop: {expression: {constant: {expression: \"2\"}}, steps: [STEP]}}]");
        INSTEAD.put(
                "loop copy", "[{loop: {copy: \"true\", expression: {constant: {expression: \"2\"}}, steps: [STEP]}}]");
        INSTEAD.put("wireTap", "[{wireTap: {uri: \"direct:own-aside\"}}]");
        INSTEAD.put("wireTap besides", "[{wireTap: {uri: \"direct:own-aside\"}}, STEP]");
        INSTEAD.put("enrich", "[{enrich: {expression: {constant: {expression: \"direct:own-aside\"}}}}]");
        INSTEAD.put(
                "doTry",
                "[{doTry: {steps: [STEP], doCatch: [{exception: [java.lang.Throwable], steps: [{log: {message: caught, loggingLevel: DEBUG}}]}]}}]");
        INSTEAD.put(
                "doTry failing",
                "[{doTry: {steps: [STEP, {throwException: {exceptionType: java.lang.IllegalStateException, message: own}}], doCatch: [{exception: [java.lang.Throwable], steps: [{log: {message: caught, loggingLevel: DEBUG}}]}]}}]");
        INSTEAD.put(
                "aggregate",
                "[{aggregate: {correlationExpression: {constant: {expression: \"x\"}}, aggregationStrategy: "
                        + "\"#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy\", completionSize: 2, "
                        + "completionTimeout: \"300\", steps: [STEP]}}]");
        INSTEAD.put(
                "aggregate before",
                "[{aggregate: {correlationExpression: {constant: {expression: \"x\"}}, aggregationStrategy: "
                        + "\"#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy\", completionSize: 2, "
                        + "completionTimeout: \"300\", steps: [{log: {message: gathered, loggingLevel: DEBUG}}]}}, STEP]");
        INSTEAD.put(
                "idempotent",
                "[{idempotentConsumer: {expression: {simple: {expression: \"${body}\"}}, idempotentRepository: "
                        + "\"#class:org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository\", steps: [STEP]}}]");
        INSTEAD.put(
                "seda and wait", "[{to: {uri: seda, parameters: {name: own-queue, waitForTaskToComplete: Always}}}]");
        INSTEAD.put("seda", "[{to: {uri: seda, parameters: {name: own-queue, waitForTaskToComplete: Never}}}]");
        INSTEAD.put(
                "recipientList",
                "[{recipientList: {expression: {constant: {expression: \"direct:own-aside,direct:own-aside\"}}}}]");

        AROUND_REST.put(
                "doTry rest",
                "[{doTry: {steps: STEP, doCatch: [{exception: [java.lang.Throwable], steps: [{log: {message: caught, loggingLevel: DEBUG}}]}]}}]");
        AROUND_REST.put(
                "filter rest",
                "[{filter: {expression: {simple: {expression: \"${random(0,2)} == 0\"}}, steps: STEP}}]");
        AROUND_REST.put(
                "multicast rest",
                "[{multicast: {parallelProcessing: \"true\", steps: [{pipeline: {steps: STEP}}, {pipeline: {steps: STEP}}]}}]");
        AROUND_REST.put("split rest", "[{split: {expression: {simple: {expression: \"${body}\"}}, steps: STEP}}]");
        AROUND_REST.put(
                "seda rest", "[{to: {uri: seda, parameters: {name: own-queue, waitForTaskToComplete: Never}}}]");
    }

    /** Every edit of every step of every file. */
    static List<StepEdit> all() {
        List<StepEdit> all = new ArrayList<>();
        for (String file : FILES) {
            for (ArrayNode list : lists(parsed(file))) {
                for (JsonNode step : list) {
                    String id = id(step);
                    if (!id.isEmpty()) {
                        List.of(BEFORE, INSTEAD, AROUND_REST)
                                .forEach(
                                        kinds -> kinds.keySet().forEach(kind -> all.add(new StepEdit(file, id, kind))));
                        all.add(new StepEdit(file, id, "swap"));
                    }
                }
            }
            for (String kind : List.of("handled", "continued")) {
                all.add(new StepEdit(file, "", kind));
            }
        }
        return all;
    }

    /** Whether the edit may keep all deliveries waiting: everybody sees that, and nobody is lost. */
    boolean mayDeliverNothing() {
        return file.equals("deliver") && BEFORE_CLAIMS.contains(step);
    }

    /** The file with the edit. */
    String yaml() {
        ArrayNode file = parsed(this.file);
        if (step.isEmpty()) {
            file.insert(
                    0,
                    read("{onException: {exception: [java.lang.Throwable], " + kind
                            + ": {constant: {expression: \"true\"}}}}"));
        } else {
            for (ArrayNode list : lists(file)) {
                for (int at = 0; at < list.size(); at++) {
                    if (id(list.get(at)).equals(step)) {
                        edit(file, list, at);
                        return written(file);
                    }
                }
            }
        }
        return written(file);
    }

    private void edit(ArrayNode file, ArrayNode list, int at) {
        JsonNode itself = list.get(at);
        if (BEFORE.containsKey(kind)) {
            insert(list, at, (ArrayNode) read(BEFORE.get(kind)));
        } else if (INSTEAD.containsKey(kind)) {
            list.remove(at);
            insert(list, at, (ArrayNode) filled(read(INSTEAD.get(kind)), itself, new int[] {0}));
            ArrayNode aside = YAML.createArrayNode().add(itself);
            aside(file, INSTEAD.get(kind), aside);
        } else if (kind.equals("swap")) {
            if (at + 1 < list.size()) {
                list.set(at, list.get(at + 1));
                list.set(at + 1, itself);
            }
        } else {
            ArrayNode rest = YAML.createArrayNode();
            while (list.size() > at) {
                rest.add(list.remove(at));
            }
            insert(list, at, (ArrayNode) filled(read(AROUND_REST.get(kind)), rest, new int[] {0}));
            aside(file, AROUND_REST.get(kind), rest);
        }
    }

    private static void aside(ArrayNode file, String text, ArrayNode steps) {
        String from = text.contains("own-aside") ? "direct" : text.contains("own-queue") ? "seda" : null;
        if (from != null) {
            ObjectNode route = (ObjectNode)
                    read("{route: {id: " + AUX + ", errorHandler: {noErrorHandler: {}}, from: {uri: " + from
                            + ", parameters: {name: " + (from.equals("direct") ? "own-aside" : "own-queue") + "}}}}");
            ((ObjectNode) route.path("route").path("from")).set("steps", steps);
            file.add(route);
        }
    }

    private static void insert(ArrayNode list, int at, ArrayNode steps) {
        for (int each = 0; each < steps.size(); each++) {
            list.insert(at + each, steps.get(each));
        }
    }

    /** Puts the step for its word; its copies have ids of their own. */
    private static JsonNode filled(JsonNode node, JsonNode step, int[] copies) {
        if (node.isTextual() && node.asText().equals(STEP)) {
            JsonNode copy = step.deepCopy();
            if (copies[0]++ > 0) {
                copy.findParents("id")
                        .forEach(parent -> ((ObjectNode) parent)
                                .put("id", parent.path("id").asText() + "-" + copies[0]));
            }
            return copy;
        }
        if (node instanceof ArrayNode list) {
            for (int at = 0; at < list.size(); at++) {
                list.set(at, filled(list.get(at), step, copies));
            }
        } else if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, filled(object.get(name), step, copies)));
        }
        return node;
    }

    private static List<ArrayNode> lists(JsonNode node) {
        List<ArrayNode> lists = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equals("steps") && field.getValue() instanceof ArrayNode steps) {
                lists.add(steps);
            }
            lists.addAll(lists(field.getValue()));
        }
        if (node.isArray()) {
            node.forEach(each -> lists.addAll(lists(each)));
        }
        return lists;
    }

    private static String id(JsonNode step) {
        return step.properties().isEmpty()
                ? ""
                : step.properties().iterator().next().getValue().path("id").asText("");
    }

    private static ArrayNode parsed(String file) {
        return (ArrayNode) read(EditedRoutesIT.shipped(file));
    }

    private static JsonNode read(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String written(ArrayNode file) {
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return file + " / " + (step.isEmpty() ? "the whole file" : step) + " / " + kind;
    }
}
