package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of poll-crm.camel.yaml: whatever is read is kept page by page. */
class PollCrmRoutesTest extends RouteTest {

    PollCrmRoutesTest() {
        super("routes/poll-crm.camel.yaml", FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        for (String bean : List.of(
                "optOutSweep",
                "polling",
                "deletionPolling",
                "unmatchedPolling",
                "remainingRecords",
                "lostConsent",
                "refusingOnList",
                "lostOnList")) {
            beans.bind(bean, new Pages());
        }
        beans.bind("gatherPage", new GroupedBodyAggregationStrategy());
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps();
        context.start();
    }

    /** The steps but for what is read: after a failure Camel walks through the rest of a split to clear up. */
    private List<String> kept() {
        return steps().stream().filter(step -> !step.startsWith("read ")).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "poll-crm, direct:decide-page",
        "poll-deletions, deletionPolling.commit",
        "poll-unmatched, unmatchedPolling.commit",
        "poll-consent-lost, lostConsent.commit",
        "expel-refusing, refusingOnList.commit",
        "deliver-lost, lostOnList.commit"
    })
    @DisplayName("Each page is stored before the next is read; a page that cannot be stored ends the reading")
    void pageByPage(String seam, String keep) throws Exception {
        MockEndpoint kept = getMockEndpoint("mock:" + keep);
        kept.expectedBodiesReceived("page 1", "page 2");
        template.sendBody("direct:" + seam, "run");
        assertThat(steps()).containsExactly("read page 1", keep, "read page 2", keep);
        kept.assertIsSatisfied();

        fail(keep, new IllegalStateException("no database"));
        sendAsCaller(seam, "run");
        assertThat(kept()).containsExactly(keep, keep, /* and of the caller */ keep, keep, "failed");
    }

    @Test
    @DisplayName("The records of a page are decided one by one, and stored together")
    void decidePage() throws Exception {
        getMockEndpoint("mock:polling.open").returnReplyBody(constant(List.of("Ann", "Bob")));
        MockEndpoint decide = getMockEndpoint("mock:direct:route-by-consent");
        decide.expectedBodiesReceived("Ann", "Bob");
        decide.returnReplyBody(body().append(" decided"));

        template.sendBody("direct:decide-page", "page");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(steps())
                .containsExactly(
                        "polling.open", "direct:route-by-consent", "direct:route-by-consent", "polling.commit");
        assertThat(bodies("polling.commit")).containsExactly("[Ann decided, Bob decided]");
    }

    @Test
    @DisplayName("A page is not stored when one of its records fails")
    void brokenPage() {
        getMockEndpoint("mock:polling.open").returnReplyBody(constant(List.of("Ann", "Bob")));
        fail("direct:route-by-consent", new IllegalStateException("no evidence"));

        sendAsCaller("decide-page", "page");

        assertThat(steps())
                .containsExactly(
                        "polling.open", "direct:route-by-consent", "polling.open", "direct:route-by-consent", "failed");
    }

    @Test
    @DisplayName("Pages of opt-outs are stored module by module; then the sweep is noted")
    void optOuts() throws Exception {
        template.sendBody("direct:sweep-opt-outs", "run");
        assertThat(steps())
                .containsExactly(
                        "read Leads 1",
                        "optOutSweep.commit",
                        "read Leads 2",
                        "optOutSweep.commit",
                        "read Contacts 1",
                        "optOutSweep.commit",
                        "read Contacts 2",
                        "optOutSweep.commit",
                        "optOutSweep.end");
    }

    @Test
    @DisplayName(
            "A page of opt-outs that cannot be stored ends the sweep: no other module is read, and no sweep is noted")
    void brokenSweep() {
        fail("optOutSweep.commit", new IllegalStateException("no database"));
        sendAsCaller("sweep-opt-outs", "run");
        assertThat(kept()).containsExactly("optOutSweep.commit", "optOutSweep.commit", "failed");
    }

    @Test
    @DisplayName("Records that remain for their person are decided sync by sync")
    void remaining() {
        template.sendBody("direct:poll-remaining", "run");
        assertThat(steps())
                .containsExactly(
                        "remainingRecords.begin",
                        "read customers 1",
                        "direct:decide-page",
                        "read customers 2",
                        "direct:decide-page",
                        "remainingRecords.begin",
                        "read partners 1",
                        "direct:decide-page",
                        "read partners 2",
                        "direct:decide-page");
    }

    @Test
    @DisplayName("A page of remaining records that fails ends the reading; no other sync is begun")
    void brokenRemaining() {
        fail("direct:decide-page", new IllegalStateException("no database"));
        sendAsCaller("poll-remaining", "run");
        assertThat(kept())
                .containsExactly(
                        "remainingRecords.begin",
                        "direct:decide-page",
                        "remainingRecords.begin",
                        "direct:decide-page",
                        "failed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sweep-between-runs, connectionSweep.sweep", "read-lists-between-runs, dailyReading.read"})
    @DisplayName("Reading between runs is one step for a connection, and the caller handles its failure")
    void betweenRuns(String seam, String step) throws Exception {
        getMockEndpoint("mock:" + step).expectedBodiesReceived("connection");
        template.sendBody("direct:" + seam, "connection");
        MockEndpoint.assertIsSatisfied(context);

        fail(step, new IllegalStateException("no database"));
        sendAsCaller(seam, "connection");
        assertThat(steps()).containsExactly(step, step, step, "failed");
    }

    /** Stands in for the beans that read: two pages of whatever is asked for, the second not before the first was kept. */
    public final class Pages {

        public List<String> modules() {
            return List.of("Leads", "Contacts");
        }

        public List<String> syncs() {
            return List.of("customers", "partners");
        }

        public Iterator<String> pages(@Body String of) {
            String name = of.equals("run") ? "page" : of;
            return reading(List.of(name + " 1", name + " 2"));
        }
    }
}
