package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.RefusingOnList;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.lifecycle.RemainingRecords;
import io.consentbridge.run.ActiveRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweepRouteTest {

    private final Main main = new Main();
    private final Steps steps = new Steps();

    @BeforeEach
    void start() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.main.routes-include-pattern", "file:routes/poll-crm.camel.yaml");
        main.addInitialProperty("camel.main.shutdown-timeout", "5");
        main.init();
        var registry = main.getCamelContext().getRegistry();
        registry.bind("optOutSweep", steps);
        registry.bind(
                "connectionSweep",
                new ConnectionSweep(
                        null, null, null, null, null, null, null, null, null, null, null, null, () -> false));
        registry.bind(
                "dailyReading", new DailyReading(null, null, null, null, null, null, null, null, null, () -> false));
        registry.bind("polling", new Polling(null, null, null, null, null, null, null, Duration.ZERO, () -> false));
        registry.bind("lostConsent", new LostConsent(null, null, null));
        registry.bind("unmatchedPolling", new UnmatchedPolling(null, null, null));
        registry.bind("deletionPolling", new DeletionPolling(null, null, null, null, Duration.ZERO));
        registry.bind("remainingRecords", new RemainingRecords(null, null, null, null, null, () -> false));
        registry.bind("lostOnList", new LostOnList(null, null, null, null, null));
        registry.bind("refusingOnList", new RefusingOnList(null, null, null, null));
        registry.bind("gatherPage", new GroupedBodyAggregationStrategy());
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private Exchange sweep() throws Exception {
        return main.getCamelTemplate()
                .send("direct:sweep-opt-outs", exchange -> exchange.setVariable(ActiveRun.VARIABLE, "run-1"));
    }

    @Test
    @DisplayName("Module by module, each page is kept before the next is asked for")
    void inTurn() throws Exception {
        assertThat(sweep().getException()).isNull();
        assertThat(steps.done)
                .containsExactly(
                        "modules of run-1",
                        "read Leads 1",
                        "keep Leads 1",
                        "read Leads 2",
                        "keep Leads 2",
                        "read Contacts 1",
                        "keep Contacts 1",
                        "read Contacts 2",
                        "keep Contacts 2",
                        "end of run-1");
    }

    @Test
    @DisplayName("A page that fails reaches the run; what was kept stays, and nothing further is asked for")
    void failure() throws Exception {
        steps.failing = "read Leads 2";
        assertThat(sweep().getException()).hasRootCauseMessage("read Leads 2");
        assertThat(steps.done).containsExactly("modules of run-1", "read Leads 1", "keep Leads 1");
    }

    @Test
    @DisplayName("A page that cannot be kept ends the sweep: nothing behind it is kept, and no other module is read")
    void notKept() throws Exception {
        steps.failing = "keep Leads 1";
        assertThat(sweep().getException()).hasRootCauseMessage("keep Leads 1");
        assertThat(steps.done).doesNotContain("keep Leads 2", "read Contacts 1");
    }

    /** Plays the bean and writes down what it is asked. */
    public static final class Steps {

        private final List<String> done = new ArrayList<>();
        private String failing = "";

        public List<String> modules(@Variable(ActiveRun.VARIABLE) String run) {
            done.add("modules of " + run);
            return List.of("Leads", "Contacts");
        }

        public Iterator<String> pages(@Body String module) {
            return new Iterator<>() {
                private int page;

                @Override
                public boolean hasNext() {
                    return page < 2;
                }

                @Override
                public String next() {
                    step("read " + module + " " + ++page);
                    return module + " " + page;
                }
            };
        }

        public void commit(@Body String page, @Variable(ActiveRun.VARIABLE) String run) {
            step("keep " + page);
        }

        public void end(@Variable(ActiveRun.VARIABLE) String run) {
            done.add("end of " + run);
        }

        private void step(String step) {
            if (step.equals(failing)) {
                throw new IllegalStateException(step);
            }
            done.add(step);
        }
    }
}
