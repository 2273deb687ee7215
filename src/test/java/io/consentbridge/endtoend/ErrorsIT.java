package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.PreviewView;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An Error is a failure too. */
@Timeout(120)
class ErrorsIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {
            step(files, "route-by-consent", "decide-record", "decide");
            step(files, "run", "admit", "admit");
            step(files, "failures", "mark-run-failed", "fail");
            step(files, "deliver", "prepare-call", "send");
            step(files, "deliver", "settle-batch", "settle");
            String split = "        - split:\n            id: each-page\n";
            String walk = split.replace("each-page", "walk")
                    + "            streaming: true\n            stopOnException: true\n            expression:\n"
                    + "              method:\n                beanType: io.consentbridge.endtoend.Boom\n"
                    + "                method: walk\n            steps:\n              - log:\n"
                    + "                  id: walked\n                  message: walked\n";
            files.write(
                    "routes/poll-crm.camel.yaml",
                    files.read("routes/poll-crm.camel.yaml").replace(split, walk + split));
            for (String name :
                    new String[] {"deciding", "walking", "admitting", "failing", "sending", "settling", "previewing"}) {
                files.set("LEASE", "3s").letters(name, "Leads");
            }
        });
        bridge.newcomer("Leads", Map.of());
    }

    /** Puts a step of {@link Boom} in front of another. */
    private static void step(TestConfig files, String file, String before, String method) {
        String name = "routes/" + file + ".camel.yaml";
        String text = files.read(name);
        int id = text.indexOf("id: " + before + "\n");
        int line = text.lastIndexOf("\n", text.lastIndexOf("- bean:", id)) + 1;
        String blanks = text.substring(line, text.indexOf("-", line));
        files.write(
                name,
                text.substring(0, line) + blanks + "- bean:\n" + blanks + "    id: boom-" + method + "\n" + blanks
                        + "    beanType: io.consentbridge.endtoend.Boom\n" + blanks + "    method: " + method + "\n"
                        + text.substring(line));
    }

    @AfterEach
    void calm() {
        Boom.none();
    }

    @Test
    @DisplayName("A stack overflow while a record is decided fails the run and names itself; the next run completes")
    void deciding() {
        Boom.failing("decide", 1);

        RunView run = bridge.run("deciding");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("StackOverflowError");
        bridge.complete("deciding");
    }

    @Test
    @DisplayName(
            "Running out of memory during the reading of pages fails the run and names itself; the next run completes")
    void walking() {
        Boom.failing("walk", 1);

        RunView run = bridge.run("walking");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("OutOfMemoryError");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.runtime().context().getInflightRepository().size() == 0);
        bridge.complete("walking");
    }

    @Test
    @DisplayName("A class that is missing while a run is admitted is reported to the caller; the next one is admitted")
    void admitting() {
        Boom.failing("admit", 1);

        Throwable told = catchThrowable(() -> bridge.begin("admitting"));

        assertThat(told).isNotNull();
        bridge.complete("admitting");
    }

    @Test
    @DisplayName("No run stays in the reading state in a live process where even the failure handling fails")
    void failing() {
        Boom.failing("decide", 1);
        Boom.failing("fail", 1);
        String id = bridge.begin("failing");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(id).state().equals("failed"));

        bridge.complete("failing");
    }

    @Test
    @DisplayName("Running out of memory in one delivery hurts that one at most, and the run ends")
    void sending() {
        Boom.failing("send", 1);

        RunView run = bridge.run("sending");

        assertThat(run.over()).isTrue();
        assertThat(bridge.deadLetters("sending")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName(
            "Running out of memory while a batch is settled leaves its claims to their lease, and all of it is delivered")
    void settling() {
        Boom.failing("settle", 1);

        RunView run = bridge.run("settling");

        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.deadLettered()).isZero();
    }

    @Test
    @DisplayName("A preview fails and says so; the next one succeeds")
    void previewing() {
        Boom.failing("decide", 1);
        String id = bridge.operations().startPreview("previewing", false).preview();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bridge.operations().preview(id).over());

        PreviewView view = bridge.operations().preview(id);
        assertThat(view.state()).isEqualTo("failed");
        assertThat(view.message()).contains("StackOverflowError");
        bridge.operations().endPreview(id);
        bridge.preview("previewing", false);
    }
}
