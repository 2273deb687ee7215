package io.consentbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes and templates of schedules.camel.yaml. A test fires a trigger itself, so nothing waits for the clock. */
class SchedulesRoutesTest extends RouteTest {

    SchedulesRoutesTest() {
        super("routes/schedules.camel.yaml", FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        for (String bean : List.of("runAdmission", "connectionSweep", "dailyReading", "dueRuns")) {
            beans.bind(bean, new Due());
        }
    }

    /** Starts Camel with {@code direct:tick} as the trigger of the route. */
    private void start(String route) throws Exception {
        mockSteps();
        AdviceWith.adviceWith(context, route, false, advice -> advice.replaceFromWith("direct:tick"));
        context.start();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "start-deferred-runs, runInBackground",
        "carry-over-opt-outs, direct:sweep-between-runs",
        "read-lists-daily, direct:read-lists-between-runs"
    })
    @DisplayName("Each tick passes on the due runs one after another; a failing tick is reported")
    void ticks(String route, String step) throws Exception {
        start(route);
        getMockEndpoint("mock:" + step).expectedBodiesReceived("first", "second");
        template.sendBody("direct:tick", null);
        MockEndpoint.assertIsSatisfied(context);

        fail(step, new IllegalStateException("no database"));
        template.sendBody("direct:tick", null);
        assertThat(steps()).startsWith(step, step, step).endsWith("runFlow.tickFailed");
    }

    @Test
    @DisplayName("A sync with a cron expression gets a route that requests a run and hands it on")
    void scheduledRun() throws Exception {
        scheduled();
        start("scheduled-newsletter");
        MockEndpoint request = getMockEndpoint("mock:runAdmission.scheduled");
        request.expectedVariableReceived("sync", "newsletter");
        request.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("request"));
        getMockEndpoint("mock:runInBackground").expectedBodiesReceived("request");

        template.sendBody("direct:tick", null);

        assertThat(steps()).containsExactly("runAdmission.scheduled", "runInBackground");
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    @DisplayName(
            "The trigger of a cron expression has the sync's name, expression and zone, and does not overlap itself")
    void cron() throws Exception {
        scheduled();
        mockSteps();
        context.start();
        QuartzEndpoint trigger = (QuartzEndpoint) endpoint("scheduled-newsletter");
        assertThat(trigger.getGroupName()).isEqualTo("sync");
        assertThat(trigger.getTriggerName()).isEqualTo("newsletter");
        assertThat(trigger.getCron()).isEqualTo("0 0 7 * * ?");
        assertThat(trigger.getTriggerParameters())
                .containsEntry("timeZone", "Europe/Berlin")
                .containsEntry("misfireInstruction", "1");
        assertThat(trigger.isStateful()).isTrue();
    }

    private void scheduled() throws Exception {
        TemplatedRouteBuilder.builder(context, "scheduled-run")
                .routeId("scheduled-newsletter")
                .parameter("sync", "newsletter")
                .parameter("cron", "0 0 7 * * ?")
                .parameter("zone", "Europe/Berlin")
                .add();
    }

    @Test
    @DisplayName(
            "A sync with a schedule in words gets a route that checks each second whether a run is due, and hands it on")
    void timedRun() throws Exception {
        timed();
        start("timed-newsletter");
        MockEndpoint run = getMockEndpoint("mock:runInBackground");
        run.expectedBodiesReceived("first", "second");
        run.expectedVariableReceived("sync", "newsletter");

        template.sendBody("direct:tick", null);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    @DisplayName("Each timer ticks as often as its route says")
    void periods() throws Exception {
        timed();
        mockSteps();
        context.start();
        assertThat(period("start-deferred-runs")).isEqualTo(10_000);
        assertThat(period("carry-over-opt-outs")).isEqualTo(10_000);
        assertThat(period("read-lists-daily")).isEqualTo(60_000);
        assertThat(period("timed-newsletter")).isEqualTo(1_000);
    }

    private void timed() throws Exception {
        TemplatedRouteBuilder.builder(context, "timed-run")
                .routeId("timed-newsletter")
                .parameter("sync", "newsletter")
                .add();
    }

    private long period(String route) {
        return ((TimerEndpoint) endpoint(route)).getPeriod();
    }

    private Endpoint endpoint(String route) {
        return context.getRoute(route).getEndpoint();
    }

    /** Stands in for the beans that say what is due. */
    public static final class Due {

        public List<String> due() {
            return List.of("first", "second");
        }

        public List<String> dueAgain() {
            return due();
        }
    }
}
