package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of run.camel.yaml: a run from admission to its end. */
class RunRoutesTest extends RouteTest {

    private static final Exception NO_DATABASE = new IllegalStateException("no database");

    /** Stands in for an admitted run; the routes read only which kind it is of. */
    public record Run(boolean hasParts, boolean leaversOnly) {}

    private static final Run ORDINARY = new Run(false, false);

    RunRoutesTest() {
        super("routes/run.camel.yaml", FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("fanOutRuns", new Turns());
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps();
        context.start();
    }

    private Exchange send(String seam, Run run) {
        return template.send("direct:" + seam, exchange -> exchange.setVariable("run", run));
    }

    @Test
    @DisplayName("A run that is admitted is carried out")
    void admitted() {
        getMockEndpoint("mock:direct:admit-run")
                .whenAnyExchangeReceived(exchange -> exchange.setVariable("run", ORDINARY));
        template.sendBody("direct:run-sync", "request");
        assertThat(steps()).containsExactly("direct:admit-run", "direct:carry-out-run");
    }

    @Test
    @DisplayName("A run request without an admitted run ends with what admission answers")
    void notAdmitted() {
        getMockEndpoint("mock:direct:admit-run").returnReplyBody(constant("refused"));
        assertThat(template.requestBody("direct:run-sync", "request")).isEqualTo("refused");
        assertThat(steps()).containsExactly("direct:admit-run");
    }

    @Test
    @DisplayName("Admission is one step, and the caller handles its failure")
    void admission() {
        fail("runAdmission.admit", NO_DATABASE);
        sendAsCaller("admit-run", "request");
        assertThat(steps()).containsExactly("runAdmission.admit", "runAdmission.admit", "failed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"true, direct:carry-out-parts", "false, direct:read-run"})
    @DisplayName("A run with parts is carried out part by part, any other is read")
    void byParts(boolean hasParts, String next) {
        send("carry-out-run", new Run(hasParts, false));
        assertThat(steps()).containsExactly(next);
    }

    @Test
    @DisplayName("A run reads leavers and opt-outs before records, and then everybody who may have to leave")
    void order() {
        send("read-run", ORDINARY);
        assertThat(steps())
                .containsExactly(
                        "direct:bind-run",
                        "direct:sweep-opt-outs",
                        "runBinding.requireReady",
                        "direct:poll-crm",
                        "direct:poll-deletions",
                        "direct:poll-unmatched",
                        "direct:poll-remaining",
                        "direct:poll-consent-lost",
                        "direct:expel-refusing",
                        "direct:deliver-lost",
                        "emptyConditions.look",
                        "runFlow.endReading");
    }

    @Test
    @DisplayName("A run reduced to leavers reads no records but everything else")
    void leaversOnly() {
        send("read-run", new Run(false, true));
        assertThat(steps())
                .doesNotContain("direct:poll-crm")
                .startsWith("direct:bind-run", "direct:sweep-opt-outs", "runBinding.requireReady")
                .endsWith("runFlow.endReading")
                .hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:bind-run", "runBinding.requireReady", "direct:poll-unmatched"})
    @DisplayName("A failing step ends the reading; the failure is reported, and the caller continues")
    void reported(String step) {
        fail(step, NO_DATABASE);
        assertThat(send("read-run", ORDINARY).getException()).isNull();
        assertThat(steps()).endsWith(step, "direct:fail-run");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"run-sync, direct:admit-run", "carry-out-run, direct:carry-out-parts"})
    @DisplayName("A failure before the reading is reported, too")
    void reportedBefore(String seam, String step) {
        fail(step, NO_DATABASE);
        assertThat(send(seam, new Run(true, false)).getException()).isNull();
        assertThat(steps()).containsExactly(step, "direct:fail-run");
    }

    @Test
    @DisplayName("Each part run begins and is read before the next one; then the parent run ends")
    void parts() {
        send("carry-out-parts", ORDINARY);
        assertThat(steps())
                .containsExactly(
                        "fanOutRuns.find",
                        "read view 1",
                        "fanOutRuns.begin",
                        "direct:read-run",
                        "read view 2",
                        "fanOutRuns.begin",
                        "direct:read-run",
                        "fanOutRuns.endReading",
                        "runFlow.closeRest");
    }

    @Test
    @DisplayName("A part whose run is not due is not read")
    void noTurn() {
        getMockEndpoint("mock:fanOutRuns.begin").whenExchangeReceived(1, exchange -> exchange.setVariable("run", null));
        send("carry-out-parts", ORDINARY);
        assertThat(steps()).filteredOn("direct:read-run"::equals).hasSize(1);
        assertThat(bodies("direct:read-run")).containsExactly("view 2");
    }

    @Test
    @DisplayName("A part that cannot begin does not stop the others, and then fails the parent run")
    void partFails() {
        getMockEndpoint("mock:fanOutRuns.begin").whenExchangeReceived(1, exchange -> {
            throw NO_DATABASE;
        });
        assertThat(send("carry-out-parts", ORDINARY).getException()).isSameAs(NO_DATABASE);
        assertThat(bodies("direct:read-run")).containsExactly("view 2");
        assertThat(steps()).doesNotContain("fanOutRuns.endReading");
    }

    @Test
    @DisplayName("Parts that cannot be found are left to the caller, and no part begins")
    void noParts() {
        fail("fanOutRuns.find", NO_DATABASE);
        sendAsCaller("carry-out-parts", "request");
        assertThat(steps()).containsExactly("fanOutRuns.find", "fanOutRuns.find", "failed");
    }

    @Test
    @DisplayName("A run is bound to fields, selection, list and topics, and then learns who left")
    void bind() {
        send("bind-run", ORDINARY);
        assertThat(steps())
                .containsExactly(
                        "runBinding.fields",
                        "campaignsFieldBinding.prepare",
                        "selectionBinding.selection",
                        "runBinding.list",
                        "runBinding.topics",
                        "runBinding.readWhoLeft");
    }

    @Test
    @DisplayName("A run that cannot be bound is left to the caller")
    void notBound() {
        fail("runBinding.fields", NO_DATABASE);
        sendAsCaller("bind-run", "request");
        assertThat(steps()).containsExactly("runBinding.fields", "runBinding.fields", "failed");
    }

    /** Stands in for the bean fanOutRuns, which hands out the parts of a run. */
    public final class Turns {

        public Iterator<String> turns() {
            return reading(List.of("view 1", "view 2"));
        }
    }
}
