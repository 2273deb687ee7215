package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** People who confirmed, on their way into a workflow of Campaigns. */
@EveryEngine
class WorkflowStartsIT extends EveryEngineFixture {

    private static final String METHOD = "workflow/trigger";
    private static int workflows;

    private String workflow;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(
                10,
                files -> files.on(engine).set("QUOTA_WORKFLOW_TRIGGER", "none").letters("flow", "Memberships"));
        bridge.runtime().work();
        bridge.complete("flow");
    }

    @BeforeEach
    void begin() {
        workflow = "W" + ++workflows;
        database().change(handle -> handle.execute("delete from workflow_start"));
        database().change(handle -> handle.execute("update quota_lock set locked_until = null"));
        bridge.zoho().forgetCalls();
    }

    @AfterEach
    void end() {
        bridge.zoho().workflows(true);
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    private static String email(String name) {
        return name.toLowerCase(java.util.Locale.ROOT) + "@c4.example.com";
    }

    private static void member(String name) {
        bridge.zoho().create("Memberships", Map.of("Name", name, "Email", email(name)));
    }

    private void confirmed(String... names) {
        long list = bridge.runtime()
                .components()
                .audience()
                .lists()
                .of("main")
                .get(0)
                .id();
        database()
                .change(handle -> WorkflowStarts.enqueue(
                        handle,
                        List.of(names).stream()
                                .map(name -> new WorkflowStart(
                                        "main", workflow, "T1", list, new Person(email(name)), "flow"))
                                .toList()));
    }

    private List<String> started() {
        List<String> started = new ArrayList<>();
        bridge.zoho().state().path("workflows").forEach(start -> {
            if (start.asText().startsWith(workflow + " T1 ")) {
                started.add(start.asText().substring(workflow.length() + 4));
            }
        });
        return started;
    }

    private static List<String> states() {
        return database()
                .query(handle -> handle.createQuery("select state from workflow_start order by id")
                        .mapTo(String.class)
                        .list());
    }

    private static void dueNow() {
        database().change(handle -> handle.execute("update workflow_start set due_at = null"));
    }

    private static void become(String... states) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    dueNow();
                    return states().equals(List.of(states));
                });
    }

    @Test
    @DisplayName("A person who confirmed is handed over once they are on the list, and not before")
    void afterTheList() {
        confirmed("Early");
        await().pollDelay(Duration.ofMillis(400)).until(() -> true);
        assertThat(states()).containsExactly("pending");
        assertThat(bridge.zoho().calls(METHOD)).isZero();

        member("Early");
        bridge.complete("flow");
        become("done");
        assertThat(started()).containsExactly(email("Early"));
    }

    @Test
    @DisplayName(
            "Many people go with one call; one that is cut before, within or after its answer is made again, and Campaigns ignores whom it has started")
    void cut() {
        String[] names = IntStream.range(0, 5).mapToObj(i -> "Cut" + i).toArray(String[]::new);
        List.of(names).forEach(WorkflowStartsIT::member);
        bridge.complete("flow");
        for (String kind : List.of("drop", "lost-reply", "truncated", "html", "xml")) {
            begin();
            bridge.zoho().fault(Map.of("method", METHOD, "kind", kind));
            confirmed(names);
            become("done", "done", "done", "done", "done");

            assertThat(bridge.zoho().calls(METHOD)).as(kind).isEqualTo(2);
            assertThat(started()).as(kind).hasSize(5);
        }
    }

    @Test
    @DisplayName("A person who refuses before they are handed over never is")
    void refusedSince() {
        member("Refuses");
        member("Stays");
        bridge.complete("flow");
        database()
                .change(handle -> handle.createUpdate("""
                                insert into suppression (connection, person_id, list_id, origin, reason, since)
                                values ('main', (select id from person where address = :address), 0, 'manual', 'opted-out', :now)
                                """)
                        .bind("address", email("Refuses"))
                        .bind("now", java.time.Instant.now())
                        .execute());
        confirmed("Refuses", "Stays");
        become("gone", "done");
        assertThat(started()).containsExactly(email("Stays"));
    }

    @Test
    @DisplayName("An inactive workflow makes dead letters, which are replayed once it is active")
    void inactive() {
        member("Waits");
        bridge.complete("flow");
        bridge.zoho().workflows(false);
        confirmed("Waits");
        become("dead-lettered");
        DeadLetterView letter = bridge.operations().deadLetters(10).get(0);
        assertThat(letter.action()).isEqualTo("start-workflow");
        assertThat(letter.person()).isEqualTo(email("Waits"));
        assertThat(letter.code()).isEqualTo("9006");
        assertThat(bridge.operations().status().connections().get(0).deadLetters())
                .isEqualTo(1);

        bridge.zoho().workflows(true);
        assertThat(bridge.operations().replayAfter(0).ids()).containsExactly(letter.id());
        become("done");
        assertThat(started()).containsExactly(email("Waits"));
        assertThat(bridge.operations().deadLetters(10)).isEmpty();
    }

    @Test
    @DisplayName("A person whom Campaigns ignores is handed over again a few times, and the others are done")
    void ignored() {
        member("Seen");
        member("Ignored");
        bridge.complete("flow");
        bridge.zoho().happens("unsubscribe", "flow", email("Ignored"));
        confirmed("Ignored", "Seen");
        become("dead-lettered", "done");
        assertThat(started()).containsExactly(email("Seen"));
        bridge.operations()
                .discard(List.of(bridge.operations().deadLetters(10).get(0).id()));
        assertThat(states()).containsExactly("done");
    }

    @Test
    @DisplayName("While the method is out of reach people wait; deliveries to the list go on")
    void outage() {
        member("Later");
        bridge.complete("flow");
        bridge.zoho().fault(Map.of("method", METHOD, "kind", "status", "status", 503, "times", 0));
        confirmed("Later");
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            dueNow();
            return bridge.zoho().calls(METHOD) > 3;
        });
        assertThat(states()).containsExactly("pending");
        member("Meanwhile");
        bridge.complete("flow");

        bridge.zoho().noFaults();
        become("done");
    }
}
