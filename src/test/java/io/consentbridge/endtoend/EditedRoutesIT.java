package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an edit of a route does to a variable, a header or a body, nobody is mailed without consent and nobody is lost. */
class EditedRoutesIT extends BridgeFixture {

    private static final List<String> FILES =
            List.of("route-by-consent", "transform-fields", "poll-crm", "run", "deliver", "zoho-campaigns", "zoho-crm");
    private static final Set<String> MAY = new TreeSet<>();
    private static final List<String> REFUSED = new ArrayList<>();
    private static final List<String> EDITED = new ArrayList<>();
    private static final Map<String, String> LATE = new HashMap<>();

    /**
     * One edit of the routes: a step that stands before or after another one.
     *
     * @param step the id of the other one
     * @param after whether it stands behind that
     * @param yaml the step
     */
    record Edit(String step, boolean after, String yaml) {

        static Edit before(String step, String yaml) {
            return new Edit(step, false, yaml);
        }

        static Edit after(String step, String yaml) {
            return new Edit(step, true, yaml);
        }

        @Override
        public String toString() {
            return (after ? "after " : "before ") + step + ": " + yaml;
        }

        /** The file with the step put in; the file itself when it has no such step. */
        String in(String file) {
            List<String> lines = new ArrayList<>(file.lines().toList());
            int at = -1;
            for (int line = 0; line < lines.size(); line++) {
                if (lines.get(line).strip().equals("id: " + step)) {
                    at = line;
                }
            }
            if (at < 0) {
                return file;
            }
            int begin = at;
            while (!lines.get(begin).strip().startsWith("- ")) {
                begin--;
            }
            String indent = lines.get(begin).substring(0, lines.get(begin).indexOf('-'));
            int end = begin + 1;
            while (end < lines.size()
                    && (lines.get(end).isBlank() || lines.get(end).startsWith(indent + " "))) {
                end++;
            }
            lines.add(after ? end : begin, indent + "- " + yaml);
            return String.join("\n", lines) + "\n";
        }
    }

    static String variable(String name, String value) {
        return "setVariable: {name: \"" + name + "\", expression: {constant: {expression: \"" + value + "\"}}}";
    }

    static String header(String name, String value) {
        return "setHeader: {name: " + name + ", expression: {constant: {expression: \"" + value + "\"}}}";
    }

    static String body(String value) {
        return "setBody: {expression: {constant: {expression: '" + value + "'}}}";
    }

    /** The first body that passes takes the place of all that follow. */
    static String stale(String name) {
        return "choice: {when: [{expression: {simple: {expression: \"${variable.global:" + name
                + "} == null\"}}, steps: ["
                + "{setVariable: {name: \"global:" + name + "\", expression: {simple: {expression: \"${body}\"}}}}]}], "
                + "otherwise: {steps: [{setBody: {expression: {simple: {expression: \"${variable.global:" + name
                + "}\"}}}}]}}";
    }

    static List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        for (String word : List.of("deliver", "deliver-as-expressed", "request-consent", "suppress", "withhold")) {
            edits.add(Edit.after("decide-record", variable("decision", word)));
        }
        edits.add(Edit.after("decide-record", header("decision", "deliver")));
        edits.add(Edit.after("decide-record", stale("decided")));
        edits.add(Edit.after("decide-record", body("deliver")));
        edits.add(Edit.before("decide-record", stale("candidate")));
        edits.add(Edit.after("draft-delivery", stale("verdict")));
        edits.add(Edit.after("log-fields", stale("fields")));
        edits.add(Edit.after("log-fields", body("nothing")));
        edits.add(Edit.after("log-fields", variable("decision", "suppress")));
        edits.add(Edit.before("commit-page", body("nothing")));
        edits.add(Edit.before("commit-page", stale("page")));
        edits.add(Edit.before("commit-page", variable("page", "another")));
        edits.add(Edit.before("open-page", variable("run", "another")));
        edits.add(Edit.before("open-page", stale("selected")));
        edits.add(Edit.before("decide", body("nothing")));
        edits.add(Edit.before("each-page", variable("selection", "another")));
        edits.add(Edit.before("commit-opt-outs", body("nobody")));
        edits.add(Edit.before("commit-opt-outs", variable("run", "another")));
        edits.add(Edit.before("each-page-of-opt-outs", stale("module")));
        for (String action : List.of("unsubscribe", "do-not-mail", "another")) {
            edits.add(Edit.after("prepare-call", variable("action", action)));
        }
        edits.add(Edit.after("prepare-call", variable("delivery", "another")));
        edits.add(Edit.after("prepare-call", variable("connection", "another")));
        edits.add(Edit.before("prepare-call", stale("delivery")));
        edits.add(Edit.after("prepare-call", stale("call")));
        edits.add(Edit.after(
                "subscribe-contact-form", header("CamelHttpUri", bridge.zoho().url() + "/api/v1.1/json/x")));
        edits.add(Edit.after("subscribe-contact-form", header("CamelHttpQuery", "contactinfo=x")));
        edits.add(Edit.after("subscribe-contact-form", header("CamelHttpMethod", "GET")));
        edits.add(Edit.after("subscribe-contact-form", header("X-ConsentBridge-Connection", "another")));
        edits.add(Edit.after("subscribe-contact-form", header("X-ConsentBridge-Call", "CRM coql")));
        edits.add(Edit.after("subscribe-contact-form", body(form(REFUSED.get(0)))));
        edits.add(Edit.after("subscribe-contact-call", body("{\"status\":\"success\",\"code\":\"0\"}")));
        edits.add(Edit.after("subscribe-contact-reply", stale("reply")));
        edits.add(Edit.before("create-list-call", stale("list")));
        edits.add(Edit.after("send-crm-call", header("CamelHttpResponseCode", "204")));
        edits.add(Edit.after("send-crm-call", body("{\"data\":[]}")));
        edits.add(Edit.after("send-campaigns-call", header("CamelHttpResponseCode", "500")));
        for (String api : List.of("crm", "campaigns")) {
            edits.add(Edit.after("check-" + api + "-http-reply", stale("stream")));
            edits.add(Edit.before(api + "-reply-with-json", body("{\"status\":\"success\",\"code\":\"0\"}")));
            edits.add(Edit.after(api + "-reply-with-json", stale("map")));
            edits.add(Edit.after("unmarshal-" + api + "-reply", body("{}")));
        }
        edits.add(Edit.before("marshal-crm-call", stale("question")));
        edits.add(Edit.after("marshal-crm-call", stale("question as JSON")));
        edits.add(Edit.before("subscribe-contact-json", stale("person")));
        edits.add(Edit.after("subscribe-contact-json", stale("person as JSON")));
        edits.add(Edit.after("subscribe-contact-json", body("{\"Contact Email\":\"" + REFUSED.get(0) + "\"}")));
        edits.add(Edit.after("list-members-call", stale("members")));
        edits.add(Edit.after("query-crm-call", stale("records")));
        edits.add(Edit.after("query-crm-call", body("{}")));
        return edits;
    }

    private static String form(String address) {
        return "resfmt=JSON&listkey=" + bridge.zoho().listKey("control") + "&contactinfo=%7B%22Contact%20Email%22%3A%22"
                + address + "%22%7D";
    }

    private static void purpose(TestConfig files, String name) {
        files.purpose(name, "lawfulBasis: consent").sync(name, "Leads", "consent: expressed", "evidence: basis");
    }

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> purpose(files, "control"));
        for (int person = 0; person < 3; person++) {
            MAY.add(bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Consent - Obtained")));
            REFUSED.add(bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Contract")));
        }
        REFUSED.add(bridge.newcomer("Leads", Map.of("Email_Opt_Out", true)));
        bridge.complete("control");
        assertThat(onList("control")).containsAll(MAY).doesNotContainAnyElementsOf(REFUSED);
        MAY.addAll(onList("control"));
    }

    @AfterEach
    void asTheyShip() {
        undo();
    }

    /** The routes as they ship. */
    static void undo() {
        FILES.forEach(file -> bridge.files().write("routes/" + file + ".camel.yaml", shipped(file)));
        bridge.reload();
    }

    static String shipped(String file) {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of("routes", file + ".camel.yaml"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void apply(Edit edit) {
        int found = 0;
        for (String file : FILES) {
            String edited = edit.in(shipped(file));
            found += edited.equals(shipped(file)) ? 0 : 1;
            bridge.files().write("routes/" + file + ".camel.yaml", edited);
        }
        assertThat(found).as("files with the step").isEqualTo(1);
        bridge.reload();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName(
            "An edit of a variable, header or body mails nobody without consent; after it is undone everybody else arrives")
    void nobodyWithoutConsent(Edit edit) {
        String name = "edit-" + EDITED.size();
        EDITED.add(name);
        purpose(bridge.files(), name);
        apply(edit);
        String run = bridge.begin(name);
        RunView ended = sawTheEnd(run);

        assertThat(onList(name)).as("%s", ended).isSubsetOf(MAY);
        assertThat(onList("control")).isEqualTo(MAY);
        asTheyShip();
        if (!ended.over()) {
            bridge.reopen();
        }
        letGo(name);
        bridge.runInFull(name);
        bridge.awaitDeliveries();
        assertThat(onList(name)).as("%s", ended).isEqualTo(MAY);
    }

    /** The run, at its end or after a while. */
    private static RunView sawTheEnd(String run) {
        try {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> bridge.operations().run(run).over());
        } catch (ConditionTimeoutException stuck) {
            // Its deliveries are taken up again when the next process starts, or when their lease has ended.
        }
        return bridge.operations().run(run);
    }

    static Set<String> onList(String list) {
        try {
            Set<String> active = new TreeSet<>();
            bridge.zoho().statuses(list).forEach((address, status) -> {
                if (status.equals("active")) {
                    active.add(address);
                }
            });
            return active;
        } catch (RuntimeException | AssertionError none) {
            return Set.of();
        }
    }

    @Test
    @DisplayName("The run that an edited decision breaks fails and says which record, which step and which decision")
    void says() {
        purpose(bridge.files(), "says");
        apply(Edit.after("decide-record", variable("decision", "deliver")));
        RunView run = bridge.run("says");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .contains(
                        "consentSteps.deliver", "its decision is", "no route can change what the consent rules decide")
                .doesNotContain("@");
    }

    @Test
    @DisplayName(
            "A person who opts out is not subscribed by an edit of their action or of the call, and leaves after it is undone")
    void leavers() {
        for (Edit edit : List.of(
                Edit.after("prepare-call", variable("action", "subscribe")),
                Edit.after(
                        "unsubscribe-contact-form",
                        header("CamelHttpUri", bridge.zoho().url() + "/api/v1.1/json/listsubscribe")),
                Edit.after("unsubscribe-contact-call", body("{\"status\":\"success\",\"code\":\"0\"}")),
                Edit.before("unsubscribe", body("nobody")))) {
            String name = "leaver-" + EDITED.size();
            EDITED.add(name);
            purpose(bridge.files(), name);
            bridge.reload();
            String email = "leaver" + EDITED.size() + "@c1.example.com";
            String record = bridge.zoho()
                    .create("Leads", Bridge.fields(email, Map.of("Data_Processing_Basis", "Consent - Obtained")));
            bridge.complete(name);
            assertThat(onList(name)).contains(email);
            apply(edit);
            bridge.zoho().change("Leads", record, Map.of("Email_Opt_Out", true));
            bridge.zoho().forgetCalls();

            bridge.run(name);

            assertThat(bridge.zoho().calls("json/listsubscribe")).as("%s", edit).isZero();
            asTheyShip();
            letGo(name);
            bridge.runInFull(name);
            bridge.awaitDeliveries();
            assertThat(onList(name)).as("%s", edit).doesNotContain(email);
            MAY.forEach(stays -> assertThat(onList(name)).contains(stays));
        }
    }

    @Test
    @DisplayName(
            "A person whose call had left before an edit of its reply was noticed counts as perhaps on the list, and leaves when they refuse")
    void altersTheReply() {
        purpose(bridge.files(), "altered");
        bridge.reload();
        bridge.complete("altered");
        assertThat(perhapsAdded(
                        "altered", "never-left", Edit.after("subscribe-contact-form", body(form("x@example.com")))))
                .as("no call left")
                .isFalse();
        assertThat(perhapsAdded(
                        "altered",
                        "had-left",
                        Edit.after("subscribe-contact-call", body("{\"status\":\"success\",\"code\":\"0\"}"))))
                .isTrue();
        assertThat(onList("altered")).contains("had-left@c1.example.com");
        bridge.zoho().change("Leads", LATE.get("had-left"), Map.of("Email_Opt_Out", true));

        bridge.complete("altered");

        assertThat(onList("altered")).doesNotContain("had-left@c1.example.com");
        bridge.zoho().delete("Leads", LATE.get("had-left"));
        bridge.zoho().delete("Leads", LATE.get("never-left"));
    }

    /** Whether somebody new whose delivery the edit breaks counts as perhaps on the list. */
    private boolean perhapsAdded(String sync, String name, Edit edit) {
        String email = name + "@c1.example.com";
        apply(edit);
        LATE.put(
                name,
                bridge.zoho()
                        .create("Leads", Bridge.fields(email, Map.of("Data_Processing_Basis", "Consent - Obtained"))));
        assertThat(bridge.run(sync).deadLettered()).isPositive();
        asTheyShip();
        return bridge.runtime()
                        .database()
                        .query(handle -> handle.createQuery("""
                        select count(*) from list_member m join mailing_list l on l.id = m.list_id
                        join person p on p.id = m.person_id
                        where l.name = :list and p.address = :address and m.unsure
                        """)
                                .bind("list", sync)
                                .bind("address", email)
                                .mapTo(Integer.class)
                                .one())
                > 0;
    }

    static void letGo(String sync) {
        List<Long> letters =
                bridge.deadLetters(sync).stream().map(DeadLetterView::id).toList();
        if (!letters.isEmpty()) {
            bridge.operations().replay(letters);
        }
    }
}
