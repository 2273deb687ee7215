package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncView;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each custom view becomes a list of its own (B104); several syncs and parts may feed on one view (B32). */
class FanOutIT extends BridgeFixture {

    private static final Map<String, Object> HOT = Map.of("Rating", "Active", "Annual_Revenue", 6_000_000);
    private static final Map<String, Object> HOSPITALITY = Map.of("Industry", "Hospitality");

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.set("BRAKE_ALL", "0").set("BRAKE_HALF", "0"));
    }

    private static void views(String name, String views, String... more) {
        String[] lines = new String[more.length + 1];
        lines[0] = "select: {each: view" + (views.isEmpty() ? "" : ", views: [" + views + "]") + "}";
        System.arraycopy(more, 0, lines, 1, more.length);
        bridge.files().purpose(name).sync(name, "Leads", lines);
        bridge.reload();
    }

    private static String lead(String name, Map<String, Object> fields) {
        return bridge.zoho().create("Leads", Bridge.fields(name + "@c9.example.com", fields));
    }

    /** A person who was subscribed within the last hour leaves all lists in any case. */
    private static void longAgo() {
        bridge.runtime()
                .database()
                .change(handle -> handle.execute(
                        "update list_member set delivered_at = ? where delivered_at is not null",
                        Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static Map<String, Object> both() {
        Map<String, Object> both = new HashMap<>(HOT);
        both.putAll(HOSPITALITY);
        return both;
    }

    private static Set<String> on(String list) {
        return bridge.zoho().statuses(list).keySet();
    }

    private static SyncView.Part part(String sync, String name) {
        return bridge.operations().sync(sync).parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "B104, B32: two views feed two lists; who is in both is on both and called twice, nobody more than that")
    void twoViews() {
        lead("two-hot", HOT);
        lead("two-stay", HOSPITALITY);
        lead("two-both", both());
        lead("two-none", Map.of());
        views("two", "Hot leads, Hospitality leads");
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("two");
        assertThat(on("two - Hot leads")).contains("two-hot@c9.example.com", "two-both@c9.example.com");
        assertThat(on("two - Hospitality leads")).contains("two-stay@c9.example.com", "two-both@c9.example.com");
        assertThat(on("two - Hot leads")).doesNotContain("two-stay@c9.example.com", "two-none@c9.example.com");
        assertThat(on("two")).as("the list of the purpose itself").isEmpty();
        long called =
                on("two - Hot leads").size() + on("two - Hospitality leads").size();
        assertThat(run.added() + run.readded() + run.duplicate()).isEqualTo(called);
        // Each list is created with its first member, who is called once more for the fields.
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(called);
        assertThat(run.parts())
                .extracting(RunView.PartRun::part, RunView.PartRun::state)
                .containsExactly(tuple("Hot leads", "completed"), tuple("Hospitality leads", "completed"));
        assertThat(run.parts().stream()
                        .map(part -> bridge.operations().run(part.run()).list()))
                .as("B69: the run of a part tells its own list")
                .containsExactly("two - Hot leads", "two - Hospitality leads");

        RunView second = bridge.complete("two");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE).stream().skip(called))
                .as("nobody changed")
                .isEmpty();
        assertThat(second.added() + second.updated()).isZero();
        assertThat(second.calls().crm())
                .as("the views once; each part: its page, three sweeps, deletions")
                .isEqualTo(11);
    }

    @Test
    @DisplayName("B104, B52: an opt-out leaves every list to which a view brought the person")
    void optOut() {
        String id = lead("out-both", both());
        views("out", "Hot leads, Hospitality leads");
        bridge.complete("out");
        longAgo();
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));

        bridge.complete("out");

        assertThat(bridge.zoho().statuses("out - Hot leads").get("out-both@c9.example.com"))
                .isNotEqualTo("active");
        assertThat(bridge.zoho().statuses("out - Hospitality leads").get("out-both@c9.example.com"))
                .isNotEqualTo("active");
    }

    @Test
    @DisplayName("B104: history shows a parent run with the sums of its part runs, and each part run by its view")
    void history() {
        lead("his-both", both());
        views("his", "Hot leads, Hospitality leads");
        RunView parent = bridge.complete("his");

        List<RunView> runs = bridge.operations().history("his", 10);

        assertThat(runs).extracting(RunView::title).contains("his", "his: Hot leads", "his: Hospitality leads");
        assertThat(runs.stream()
                        .filter(run -> parent.run().equals(run.parentRun()))
                        .mapToLong(RunView::total)
                        .sum())
                .isEqualTo(parent.total());
        assertThat(bridge.operations().history(part("his", "Hot leads").sync(), 10))
                .extracting(RunView::title)
                .containsExactly("his: Hot leads");
        assertThat(bridge.operations().syncs())
                .extracting(SyncView::name)
                .contains("his")
                .noneMatch(name -> name.contains("/"));
        assertThatThrownBy(() -> bridge.begin(part("his", "Hot leads").sync()))
                .hasMessageContaining("is a part of his. Use that name");
    }

    @Test
    @DisplayName("B104: a sync uses all views of the module when it names none")
    void allViews() {
        lead("all-hot", HOT);
        views("all", "");
        bridge.complete("all");
        assertThat(bridge.operations().sync("all").parts())
                .extracting(SyncView.Part::list)
                .contains("all - All Leads", "all - Hot leads", "all - Hospitality leads", "all - Unsubscribed Leads");
        assertThat(on("all - All Leads")).contains("all-hot@c9.example.com");
        assertThat(on("all - Hot leads")).contains("all-hot@c9.example.com");
        assertThat(on("all - Unsubscribed Leads")).isEmpty();
    }

    @Test
    @DisplayName("B104: a deleted view is no longer read; with unmatched: ignore its people stay, opt-outs leave")
    void goneIgnored() {
        String id = lead("gone-out", HOT);
        lead("gone-stays", HOT);
        views("gone", "Hot leads, Hospitality leads");
        bridge.complete("gone");
        bridge.zoho().deleteView("Leads", "Hot leads");
        try {
            RunView run = bridge.complete("gone");
            assertThat(run.message()).contains("Leads has no custom view \"Hot leads\"");
            assertThat(bridge.zoho().statuses("gone - Hot leads"))
                    .containsEntry("gone-out@c9.example.com", "active")
                    .containsEntry("gone-stays@c9.example.com", "active");
            assertThat(part("gone", "Hot leads").gone()).isTrue();
            longAgo();
            bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
            lead("gone-late", HOT);

            bridge.complete("gone");

            assertThat(bridge.zoho().statuses("gone - Hot leads"))
                    .containsEntry("gone-stays@c9.example.com", "active")
                    .doesNotContainKey("gone-late@c9.example.com")
                    .satisfies(all ->
                            assertThat(all.get("gone-out@c9.example.com")).isNotEqualTo("active"));
        } finally {
            bridge.zoho().bringBackView("Leads", "Hot leads");
        }
        bridge.complete("gone");
        assertThat(on("gone - Hot leads")).as("the view is back").contains("gone-late@c9.example.com");
    }

    @Test
    @DisplayName(
            "B104: with unmatched: unsubscribe the people of a deleted view leave its list and no other; a failed look-up removes nobody")
    void goneUnsubscribed() {
        lead("away-both", both());
        views("away", "Hot leads, Hospitality leads", "unmatched: unsubscribe");
        bridge.complete("away");
        bridge.zoho().fault(Map.of("method", "settings/custom_views", "kind", "status", "status", 500, "times", 50));
        RunView failed = bridge.run("away");
        assertThat(failed.state()).isEqualTo("failed");
        bridge.zoho().noFaults();
        assertThat(bridge.zoho().statuses("away - Hot leads")).containsEntry("away-both@c9.example.com", "active");
        assertThat(part("away", "Hot leads").gone()).isFalse();

        bridge.zoho().deleteView("Leads", "Hot leads");
        try {
            bridge.complete("away");
        } finally {
            bridge.zoho().bringBackView("Leads", "Hot leads");
        }

        assertThat(bridge.zoho().statuses("away - Hot leads").get("away-both@c9.example.com"))
                .isNotEqualTo("active");
        assertThat(bridge.zoho().statuses("away - Hospitality leads"))
                .containsEntry("away-both@c9.example.com", "active");
        bridge.complete("away");
        assertThat(part("away", "Hot leads").gone()).isFalse();
        assertThat(bridge.zoho().statuses("away - Hot leads").get("away-both@c9.example.com"))
                .as("who was unsubscribed stays so, as from any list")
                .isNotEqualTo("active");
    }

    @Test
    @DisplayName("B104: check names missing views, with similar names, and missing lists that must not be created")
    void check() {
        bridge.files()
                .purpose("wrong", "createList: false")
                .sync("wrong", "Leads", "select: {each: view, views: [Hot leds, Hospitality leads]}");
        bridge.reload();
        try {
            CheckView check = bridge.operations().check();
            assertThat(check.problems().toString())
                    .contains("Leads has no custom view \"Hot leds\"")
                    .contains("Hot leads")
                    .contains("Campaigns has no mailing list \"wrong - Hospitality leads\", which sync wrong needs");
            RunView run = bridge.run("wrong");
            assertThat(run.state()).isEqualTo("failed");
            assertThat(run.message()).contains("1 of 1 parts failed", "no mailing list \"wrong - Hospitality leads\"");
        } finally {
            bridge.files().purpose("wrong").sync("wrong", "Leads");
            bridge.reload();
        }
    }

    @Test
    @DisplayName("B104, B56-B58: a sync with parts counts as one run of its day and as one active sync")
    void limits() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.set("LIMITS_RUNS_PER_DAY", "2")
                        .set("LIMITS_ACTIVE_SYNCS", "1")
                        .purpose("one")
                        .sync(
                                "one",
                                "Leads",
                                "select: {each: view, views: [Hot leads, Hospitality leads, With consent]}"))) {
            own.zoho().create("Leads", Bridge.fields("lim@c9.example.com", both()));
            assertThat(own.complete("one").parts()).hasSize(3);
            assertThat(own.operations().quota().connections().get(0).runs())
                    .filteredOn(limit ->
                            limit.rule().equals("runs-per-day") || limit.rule().equals("active-syncs"))
                    .extracting(limit -> limit.used())
                    .containsExactly(1L, 1L);
            own.complete("one");

            String out = own.zoho().create("Leads", Bridge.fields("lim-out@c9.example.com", both()));
            assertThatThrownBy(() -> own.begin("one"))
                    .hasMessageContaining("2 of 2 runs of this connection are used today");
            assertThat(out).isNotEmpty();
            assertThat(own.zoho().statuses("one - Hot leads")).doesNotContainKey("lim-out@c9.example.com");
        }
    }

    @Test
    @DisplayName("B104, B52: a limit that refuses a parent run delays no opt-out from any of its lists")
    void limitAndOptOut() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.set("LIMITS_RUNS_PER_DAY", "1")
                        .purpose("held")
                        .sync("held", "Leads", "select: {each: view, views: [Hot leads, Hospitality leads]}"))) {
            String id = own.zoho().create("Leads", Bridge.fields("held@c9.example.com", both()));
            own.complete("held");
            own.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));

            assertThatThrownBy(() -> own.begin("held")).hasMessageContaining("runs of this connection are used today");
            RunView refused = own.end(own.operations().history("held", 10).stream()
                    .filter(run -> run.parentRun() == null)
                    .findFirst()
                    .orElseThrow()
                    .run());

            assertThat(refused.state()).isEqualTo("refused");
            assertThat(own.zoho().statuses("held - Hot leads").get("held@c9.example.com"))
                    .isNotEqualTo("active");
            assertThat(own.zoho().statuses("held - Hospitality leads").get("held@c9.example.com"))
                    .isNotEqualTo("active");
        }
    }

    @Test
    @DisplayName("B104: a failed part run does not stop the others, and the parent run fails with its cause")
    void oneFails() {
        lead("part-both", both());
        views("part", "Hot leads, Hospitality leads");
        bridge.complete("part");
        lead("part-new", both());
        bridge.zoho()
                .fault(Map.of("method", "GET /crm/v8/Leads", "kind", "code", "code", "INVALID_DATA", "status", 400));

        RunView run = bridge.run("part");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).startsWith("1 of 2 parts failed");
        assertThat(on("part - Hospitality leads")).contains("part-new@c9.example.com");
        assertThat(on("part - Hot leads")).doesNotContain("part-new@c9.example.com");
        bridge.complete("part");
        assertThat(on("part - Hot leads")).contains("part-new@c9.example.com");
    }

    @Test
    @DisplayName("B104: a part run that cannot begin does not stop the others, and the parent run fails with its cause")
    void oneCannotBegin() {
        lead("begin-both", both());
        views("begin", "Hot leads, Hospitality leads");
        bridge.complete("begin");
        lead("begin-new", both());
        Database database = bridge.runtime().database();
        String hot = part("begin", "Hot leads").sync();
        database.change(handle -> handle.execute(
                database.embedded()
                        ? """
                          create trigger no_hot before insert on run when new.sync = '%s' and new.finished_at is null
                          begin select raise(abort, 'no hot leads'); end
                          """.formatted(hot)
                        : "alter table run add constraint no_hot check (sync <> '%s' or finished_at is not null)"
                                .formatted(hot)));
        try {
            RunView run = bridge.run("begin");

            assertThat(run.state()).isEqualTo("failed");
            assertThat(run.message()).startsWith("The database refused a statement");
            assertThat(on("begin - Hospitality leads")).contains("begin-new@c9.example.com");
            assertThat(on("begin - Hot leads")).doesNotContain("begin-new@c9.example.com");
        } finally {
            database.change(handle -> handle.execute(
                    database.embedded() ? "drop trigger no_hot" : "alter table run drop constraint no_hot"));
        }
        bridge.complete("begin");
        assertThat(on("begin - Hot leads")).contains("begin-new@c9.example.com");
    }

    @Test
    @DisplayName("B104: a sync with parts that is interrupted between two parts continues with the others, each once")
    void interrupted() {
        lead("int-both", both());
        views("int", "Hot leads, Hospitality leads");
        bridge.complete("int");
        lead("int-new", both());
        // The second part's page is answered late, so that the process ends while it reads.
        bridge.zoho().fault(Map.of("method", "GET /crm/v8/Leads", "kind", "delay", "delayMillis", 1500, "times", 5));
        String parent = bridge.begin("int");
        bridge.reopen();
        bridge.zoho().noFaults();

        bridge.runtime().work();
        RunView run = bridge.end(parent);

        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.parts())
                .extracting(RunView.PartRun::part)
                .containsExactlyInAnyOrder("Hot leads", "Hospitality leads");
        assertThat(on("int - Hot leads")).contains("int-new@c9.example.com");
        assertThat(on("int - Hospitality leads")).contains("int-new@c9.example.com");
    }

    @Test
    @DisplayName("B104: a deleted sync forgets its parts; a new one of the same name starts from the beginning")
    void deleted() {
        String each = "select: {each: view, views: [Hot leads]}";
        try (Bridge own = Bridge.open(10, files -> files.purpose("del").sync("del", "Leads", each))) {
            own.zoho().forward("PT-1H");
            own.zoho().create("Leads", Bridge.fields("del@c9.example.com", HOT));
            own.zoho().forward("PT1H");
            own.complete("del");
            assertThat(own.complete("del").total()).as("nobody changed").isZero();
            own.operations().deleteSync("del");

            assertThat(own.runtime().components().lifecycle().parts().of("del")).isEmpty();
            own.files().sync("del", "Leads", each);
            own.reload();
            assertThat(own.complete("del").duplicate())
                    .as("everybody is read again")
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "B104: the brake holds the removals of one part run; the parent run says so, and resumes when they are released")
    void brake() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.set("BRAKE_PEOPLE", "0")
                        .purpose("brk")
                        .sync(
                                "brk",
                                "Leads",
                                "select: {each: view, views: [Hot leads, Hospitality leads, Warm leads]}",
                                "unmatched: unsubscribe"))) {
            own.zoho().create("Leads", Bridge.fields("brk@c9.example.com", both()));
            own.complete("brk");
            own.zoho().deleteView("Leads", "Hot leads");

            String parent = own.begin("brk");
            RunView braked = own.end(parent);

            assertThat(braked.state()).isEqualTo("braked");
            String part = own.operations().sync("brk").parts().stream()
                    .filter(SyncView.Part::gone)
                    .findFirst()
                    .orElseThrow()
                    .sync();
            long held = own.operations().sync("brk").held();
            assertThat(braked.message())
                    .contains("Warm leads")
                    .containsOnlyOnce("the brake holds removals in 1 of 2 parts")
                    .endsWith("sync run " + part + " --allow-removals " + held);
            assertThatThrownBy(() -> own.operations().allowRemovals("brk", held))
                    .hasMessageContaining("sync run " + part + " --allow-removals " + held);
            own.end(own.operations().allowRemovals(part, held).run());
            RunView done = own.end(parent);
            assertThat(done.state()).isEqualTo("completed");
            assertThat(done.message()).contains("Warm leads").doesNotContain("brake");
            assertThat(own.zoho().statuses("brk - Hot leads").get("brk@c9.example.com"))
                    .isEqualTo("unsub");
            assertThat(own.zoho().statuses("brk - Hospitality leads")).containsEntry("brk@c9.example.com", "active");
        }
    }

    @Test
    @DisplayName("B104: a preview covers one part, which the message names, and the following run does what it says")
    void preview() {
        lead("pre-one", HOT);
        views("pre", "Hot leads");
        assertThatThrownBy(() -> bridge.preview("pre", false)).hasMessageContaining("Its first run finds");
        bridge.complete("pre");
        lead("pre-two", HOT);
        String part = part("pre", "Hot leads").sync();
        assertThatThrownBy(() -> bridge.preview("pre", false)).hasMessageContaining("name " + part);

        assertThat(bridge.preview(part, false).lines())
                .extracting(line -> line.person())
                .contains("pre-two@c9.example.com")
                .doesNotContain("pre-one@c9.example.com");
        assertThat(on("pre - Hot leads")).doesNotContain("pre-two@c9.example.com");
        assertThat(bridge.complete("pre").added()).isEqualTo(1);
    }
}
