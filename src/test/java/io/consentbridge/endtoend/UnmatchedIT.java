package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who leaves a selection by a change of their record, or because the selection was edited, leaves without a full run. */
class UnmatchedIT extends BridgeFixture {

    private static final String UNSUBSCRIBE = "unmatched: unsubscribe";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    /** A sync of leads of that city. */
    private static void city(String name, String city, String... more) {
        select(
                name,
                "Leads",
                "{scope: criteria, conditions: [{field: City, operator: equals, value: " + city + "}]}",
                more);
    }

    private static void select(String name, String module, String select, String... more) {
        List<String> lines = new ArrayList<>(List.of("select: " + select));
        lines.addAll(List.of(more));
        bridge.files().purpose(name).sync(name, module, lines.toArray(String[]::new));
        bridge.reload();
    }

    private static String email(String name) {
        return name.toLowerCase(Locale.ROOT) + "@c9.example.com";
    }

    private static String lead(String name, String city) {
        return bridge.zoho().create("Leads", Bridge.fields(email(name), Map.of("City", city)));
    }

    private static void move(String id, String city) {
        bridge.zoho().change("Leads", id, Map.of("City", city));
    }

    private static Map<String, String> statuses(String list) {
        return bridge.zoho().statuses(list);
    }

    /** What a test creates has been there for an hour, so that nothing of it is read twice. */
    private static void longAgo(Runnable creating) {
        bridge.zoho().forward("PT-1H");
        creating.run();
        bridge.zoho().forward("PT1H");
    }

    @Test
    @DisplayName(
            "B43, B21: a person whose record changed and no longer matches leaves with the next run without an extra call; a person who still matches stays, and nobody is counted twice")
    void leaves() {
        city("away", "Awayton", UNSUBSCRIBE);
        Map<String, String> ids = new HashMap<>();
        longAgo(() -> List.of("awayLeaves", "awayChanges", "awayStays")
                .forEach(name -> ids.put(name, lead(name, "Awayton"))));
        bridge.complete("away");
        move(ids.get("awayLeaves"), "Elsewhere");
        bridge.zoho().change("Leads", ids.get("awayChanges"), Map.of("Company", "Other"));
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("away");

        assertThat(statuses("away"))
                .containsEntry(email("awayLeaves"), "unsub")
                .containsEntry(email("awayChanges"), "active")
                .containsEntry(email("awayStays"), "active");
        assertThat(run.total()).isEqualTo(2);
        assertThat(run.ignored()).containsEntry("other", 1L);
        assertThat(run.deleted()).isZero();
        assertThat(run.calls().crm()).as("three sweeps, one page, deletions").isEqualTo(5);
        RunView again = bridge.complete("away");
        assertThat(again.ignored().getOrDefault("other", 0L))
                .as("the change lies in the overlap of both readings")
                .isZero();
        assertThat(statuses("away")).containsEntry(email("awayChanges"), "active");
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B43: with unmatched: ignore nobody leaves; after a change of it the changes since the last run are checked")
    void ignored() {
        city("ignoring", "Ignoreton");
        String id = lead("ignoreLeaves", "Ignoreton");
        bridge.complete("ignoring");
        String late = lead("ignoreLate", "Ignoreton");
        bridge.complete("ignoring");
        move(id, "Elsewhere");
        bridge.complete("ignoring");
        assertThat(statuses("ignoring")).containsEntry(email("ignoreLeaves"), "active");
        move(late, "Elsewhere");
        city("ignoring", "Ignoreton", UNSUBSCRIBE);

        bridge.complete("ignoring");

        assertThat(statuses("ignoring")).containsEntry(email("ignoreLate"), "unsub");
    }

    @Test
    @DisplayName("B43: a person who leaves one selection and is delivered by another sync of the purpose stays")
    void companion() {
        city("oneOfTwo", "Oneton", UNSUBSCRIBE);
        bridge.files()
                .sync(
                        "otherOfTwo",
                        "Contacts",
                        "purpose: oneOfTwo",
                        "select: {scope: criteria, conditions: [{field: Department, operator: equals, value: Twoton}]}");
        bridge.reload();
        String id = lead("ofTwo", "Oneton");
        String alone = lead("ofOne", "Oneton");
        bridge.zoho().create("Contacts", Bridge.fields(email("ofTwo"), Map.of("Department", "Twoton")));
        bridge.complete("oneOfTwo");
        bridge.complete("otherOfTwo");
        move(id, "Elsewhere");
        move(alone, "Elsewhere");

        bridge.complete("oneOfTwo");

        assertThat(statuses("oneOfTwo")).containsEntry(email("ofTwo"), "active").containsEntry(email("ofOne"), "unsub");
    }

    @Test
    @DisplayName("B43: any failed read removes nobody; the next run that reads everything does")
    void failedRead() {
        city("failing", "Failton", UNSUBSCRIBE);
        String id = lead("failLeaves", "Failton");
        bridge.complete("failing");
        move(id, "Elsewhere");
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 400, "times", 1));
        assertThat(bridge.run("failing").ignored().getOrDefault("other", 0L))
                .as("a sweep that is refused")
                .isZero();
        bridge.zoho().noFaults();
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 400, "skip", 2, "times", 0));
        assertThat(bridge.run("failing").state()).isEqualTo("failed");
        bridge.zoho().noFaults();
        bridge.zoho().fault(Map.of("method", "deleted", "kind", "status", "status", 400, "times", 0));
        assertThat(bridge.run("failing").state()).isEqualTo("failed");
        bridge.zoho().noFaults();
        assertThat(statuses("failing")).containsEntry(email("failLeaves"), "active");

        assertThat(bridge.complete("failing").ignored()).containsEntry("other", 1L);

        assertThat(statuses("failing")).containsEntry(email("failLeaves"), "unsub");
    }

    @Test
    @DisplayName(
            "B43: one changed record more than a page costs one page more; a run that is interrupted between its pages and continues removes exactly those who do not match")
    void many() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.set("BRAKE_SHARE", "100")
                        .purpose("many")
                        .sync(
                                "many",
                                "Leads",
                                "select: {scope: criteria, conditions: [{field: City, operator: starts-with, value: In}]}",
                                UNSUBSCRIBE))) {
            own.zoho().queryMost("Leads", 100);
            own.zoho().forward("PT-1H");
            List<Map<String, Object>> records = new ArrayList<>();
            for (int i = 0; i < 235; i++) {
                records.add(Bridge.fields(email("many" + i), Map.of("City", "In")));
            }
            List<String> ids = own.zoho().createAll("Leads", records);
            own.zoho().forward("PT1H");
            own.complete("many");
            long quiet = own.complete("many").calls().crm();
            for (int i = 0; i < 101; i++) {
                own.zoho().change("Leads", ids.get(i), Map.of("City", "Out"));
            }
            RunView all = own.complete("many");
            assertThat(all.total()).isEqualTo(101);
            assertThat(all.ignored()).containsEntry("other", 101L);
            assertThat(all.calls().crm()).isEqualTo(quiet + 1);

            for (int i = 101; i < 231; i++) {
                own.zoho().change("Leads", ids.get(i), Map.of("City", i % 5 == 0 ? "Out" : "In deed"));
            }
            // Two sweeps, with two pages more for what changed, and the first page come at once.
            own.zoho().fault(Map.of("method", "coql", "kind", "delay", "delayMillis", 1_500, "skip", 5, "times", 0));
            String id = own.begin("many");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> own.operations().run(id).total() > 0);
            own.reopen();
            assertThat(own.operations().run(id).state()).isEqualTo("reading");
            own.zoho().noFaults();
            assertThat(own.begin("many")).isEqualTo(id);
            RunView run = own.end(id);

            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(run.total()).isEqualTo(130);
            assertThat(run.ignored()).containsEntry("other", 26L);
            Map<String, String> after = own.zoho().statuses("many");
            for (int i = 0; i < 235; i++) {
                boolean left = i < 101 || i < 231 && i % 5 == 0;
                assertThat(after.get(email("many" + i))).as("number %s", i).isEqualTo(left ? "unsub" : "active");
            }
        }
    }

    @Test
    @DisplayName("B20: a person who leaves a custom view by a change of their record leaves the list with the next run")
    void view() {
        select("viewing", "Leads", "{scope: view, view: Hospitality leads}", UNSUBSCRIBE);
        String id =
                bridge.zoho().create("Leads", Bridge.fields(email("viewLeaves"), Map.of("Industry", "Hospitality")));
        String stays =
                bridge.zoho().create("Leads", Bridge.fields(email("viewStays"), Map.of("Industry", "Hospitality")));
        bridge.complete("viewing");
        bridge.zoho().change("Leads", id, Map.of("Industry", "Retail"));
        bridge.zoho().change("Leads", stays, Map.of("Company", "Other"));

        RunView run = bridge.complete("viewing");

        assertThat(statuses("viewing"))
                .containsEntry(email("viewLeaves"), "unsub")
                .containsEntry(email("viewStays"), "active");
        assertThat(run.calls().crm())
                .as("the views, three sweeps, one page, deletions")
                .isEqualTo(6);
        bridge.complete("viewing");
        assertThat(statuses("viewing")).containsEntry(email("viewStays"), "active");
    }

    @Test
    @DisplayName("B104: the people of a part leave its list when their record leaves its view, and no other list")
    void part() {
        select("partly", "Leads", "{each: view, views: [Hot leads, Hospitality leads]}", UNSUBSCRIBE);
        Map<String, Object> both = Map.of("Rating", "Active", "Annual_Revenue", 6_000_000, "Industry", "Hospitality");
        String id = bridge.zoho().create("Leads", Bridge.fields(email("partLeaves"), both));
        bridge.zoho().create("Leads", Bridge.fields(email("partStays"), both));
        bridge.complete("partly");
        bridge.zoho().change("Leads", id, Map.of("Industry", "Retail"));

        bridge.complete("partly");

        assertThat(statuses("partly - Hospitality leads"))
                .containsEntry(email("partLeaves"), "unsub")
                .containsEntry(email("partStays"), "active");
        assertThat(statuses("partly - Hot leads"))
                .containsEntry(email("partLeaves"), "active")
                .containsEntry(email("partStays"), "active");
    }

    @Test
    @DisplayName(
            "B65: the next run after an edit of the selection reads everything and removes people outside it; those who stay are not counted again")
    void edited() {
        city("edited", "Editon", UNSUBSCRIBE);
        longAgo(() -> {
            lead("editLeaves", "Editon");
            lead("editStays", "Editville");
        });
        city("edited", "Editon", UNSUBSCRIBE);
        select(
                "edited",
                "Leads",
                "{scope: criteria, conditions: [{field: City, operator: in, value: [Editon, Editville]}]}",
                UNSUBSCRIBE);
        bridge.complete("edited");
        city("edited", "Editville", UNSUBSCRIBE);
        bridge.zoho().fault(Map.of("method", "deleted", "kind", "status", "status", 400, "times", 0));
        assertThat(bridge.run("edited").state()).isEqualTo("failed");
        bridge.zoho().noFaults();
        assertThat(statuses("edited")).containsEntry(email("editLeaves"), "active");

        RunView run = bridge.complete("edited");

        assertThat(statuses("edited"))
                .as("also where the reading was finished by another run")
                .containsEntry(email("editLeaves"), "unsub")
                .containsEntry(email("editStays"), "active");
        assertThat(run.total()).isEqualTo(1);
        assertThat(bridge.complete("edited").total()).isZero();
        assertThat(statuses("edited")).containsEntry(email("editStays"), "active");
    }

    @Test
    @DisplayName("B34: a changed contact stays as long as one of its deals selects it, and leaves when none does")
    void deals() {
        select(
                "dealing",
                "Contacts",
                "{scope: criteria, conditions: [{field: Department, operator: equals, value: Dealing},"
                        + " {field: Deals.Stage, operator: equals, value: Closed Won}], pattern: \"1 or 2\"}",
                UNSUBSCRIBE);
        String id =
                bridge.zoho().create("Contacts", Bridge.fields(email("dealStays"), Map.of("Department", "Dealing")));
        String other =
                bridge.zoho().create("Contacts", Bridge.fields(email("dealLeaves"), Map.of("Department", "Dealing")));
        for (String[] deal : new String[][] {{id, "Closed Won"}, {other, "Qualification"}}) {
            bridge.zoho()
                    .create("Deals", Map.of("Deal_Name", "D", "Stage", deal[1], "Contact_Name", Map.of("id", deal[0])));
        }
        bridge.complete("dealing");
        bridge.zoho().change("Contacts", id, Map.of("Department", "Other"));
        bridge.zoho().change("Contacts", other, Map.of("Department", "Other"));

        bridge.complete("dealing");

        assertThat(statuses("dealing"))
                .containsEntry(email("dealStays"), "active")
                .containsEntry(email("dealLeaves"), "unsub");
        bridge.complete("dealing");
        assertThat(statuses("dealing")).containsEntry(email("dealStays"), "active");
    }

    @Test
    @DisplayName("B52: a person who opts out and leaves the selection with one change is counted once, as opted out")
    void optsOutToo() {
        city("outing", "Outington", UNSUBSCRIBE);
        String id = lead("outLeaves", "Outington");
        bridge.complete("outing");
        bridge.zoho().change("Leads", id, Map.of("City", "Elsewhere", "Email_Opt_Out", true));
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("outing");

        assertThat(statuses("outing")).containsEntry(email("outLeaves"), "unsub");
        assertThat(run.total()).isEqualTo(1);
        assertThat(run.ignored().get("opted-out")).isEqualTo(1);
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isEqualTo(1);
    }

    @Test
    @DisplayName("B43: a preview shows who leaves the selection, and the run does what it says")
    void foreseen() {
        city("seen", "Seeton", UNSUBSCRIBE);
        String id = lead("seenLeaves", "Seeton");
        lead("seenStays", "Seeton");
        bridge.complete("seen");
        move(id, "Elsewhere");

        Bridge.Previewed preview = bridge.preview("seen", false);

        assertThat(preview.lines())
                .filteredOn(line -> "unsubscribe".equals(line.action()))
                .extracting(PreviewLine::person, PreviewLine::outcome, PreviewLine::ignored)
                .containsExactly(Tuple.tuple(email("seenLeaves"), "ignored", "other"));
        assertThat(statuses("seen")).containsEntry(email("seenLeaves"), "active");
        RunView run = bridge.complete("seen");
        assertThat(run.total()).isEqualTo(preview.view().totals().total());
        assertThat(statuses("seen")).containsEntry(email("seenLeaves"), "unsub");
    }

    @Test
    @DisplayName(
            "B47, B57: the brake holds people who leave the selection, and a run limited to leavers counts nobody as such")
    void brakeAndLimit() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.set("BRAKE_PEOPLE", "0")
                        .set("LIMITS_RUNS_PER_DAY", "2")
                        .purpose("held")
                        .sync(
                                "held",
                                "Leads",
                                "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Heldton}]}",
                                UNSUBSCRIBE))) {
            String id = own.zoho().create("Leads", Bridge.fields(email("held"), Map.of("City", "Heldton")));
            String more = own.zoho().create("Leads", Bridge.fields(email("heldMore"), Map.of("City", "Heldton")));
            own.complete("held");
            own.zoho().change("Leads", id, Map.of("City", "Elsewhere"));
            RunView braked = own.run("held");
            assertThat(braked.state()).isEqualTo("braked");
            assertThat(braked.message()).contains("1 no longer selected", "--allow-removals 1");
            own.zoho().change("Leads", more, Map.of("City", "Elsewhere"));
            assertThatThrownBy(() -> own.begin("held")).isInstanceOf(OperationFailure.Refused.class);
            assertThat(own.end(own.operations().history("held", 1).get(0).run()).state())
                    .isEqualTo("refused");

            own.end(own.operations().allowRemovals("held", 1).run());

            assertThat(own.zoho().statuses("held"))
                    .containsEntry(email("held"), "unsub")
                    .containsEntry(email("heldMore"), "active");
        }
    }
}
