package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.Json;
import io.consentbridge.api.RunProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What tables, progress and logs look like. */
class TextTest {

    private final StringWriter text = new StringWriter();

    @Test
    @DisplayName("a time is shown in its connection's zone, with the zone's name, also within a text")
    void timesOfConnections() {
        Words words = new Words(Map.of("one", ZoneId.of("Europe/Berlin"), "two", ZoneId.of("Z")), true);
        Instant then = Instant.parse("2026-07-01T07:00:00Z");

        assertThat(words.time("one", then)).isEqualTo("2026-07-01 09:00 Europe/Berlin");
        assertThat(words.time("two", then)).isEqualTo("2026-07-01 07:00 UTC");
        assertThat(words.time("gone", then))
                .as("a connection that is not there")
                .isEqualTo("2026-07-01 07:00 UTC");
        assertThat(words.time("one", null)).isEqualTo("-");
        assertThat(words.timesIn("one", "put back on 2026-07-01T07:00:00Z, again 2026-12-01T07:00:00.5Z"))
                .isEqualTo("put back on 2026-07-01 09:00 Europe/Berlin, again 2026-12-01 08:00 Europe/Berlin");
        assertThat(new Words(Map.of("one", ZoneId.of("Asia/Tokyo")), true).time(null, then))
                .as("all connections have one zone")
                .isEqualTo("2026-07-01 16:00 Asia/Tokyo");
    }

    @Test
    @DisplayName("a next run is shown only where a runtime is up that will start it")
    void nextRun() {
        Instant then = Instant.parse("2026-07-01T07:00:00Z");

        assertThat(new Words(Map.of(), true).next("UTC", then)).isEqualTo("2026-07-01 07:00 UTC");
        assertThat(new Words(Map.of(), false).next("UTC", then)).isEqualTo("when a runtime runs");
        assertThat(new Words(Map.of(), false).next("UTC", null)).isEqualTo("-");
    }

    @Test
    @DisplayName("a table is at most 80 columns wide: it cuts remarks first, then other texts, and never a figure")
    void tableFits() {
        new TextTable()
                .left("NAME")
                .remark("WHY")
                .right("COUNT")
                .row("n".repeat(40), "w".repeat(60), 1_234_567)
                .row(null, "two\nlines", 1)
                .print(new PrintWriter(text, true));

        assertThat(text.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text.toString())
                .contains("n".repeat(40) + "  " + "w".repeat(26) + "…  1,234,567\n")
                .contains("two lines");
    }

    @Test
    @DisplayName("a value that another command needs is never cut: the line wraps under itself, remarks between words")
    void tableFolds() {
        new TextTable()
                .left("SYNC")
                .whole("RUN")
                .left("LIST")
                .remark("WHY")
                .row("s".repeat(20), "r".repeat(50), "l".repeat(60), "word ".repeat(20))
                .print(new PrintWriter(text, true));

        assertThat(text.toString()).isEqualTo("""
                        SYNC                  RUN
                            LIST                  WHY
                        ssssssssssssssssssss  rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
                            lllllllllllllllllll…  word word word word word word word word word word word
                                                  word word word word word word word word word
                        """);
    }

    @Test
    @DisplayName("a terminal control character is shown by its number in texts and tables; JSON escapes it")
    void visible() throws Exception {
        String hostile = "Eve\u001B[2J\u0007\u202Eknab\u0085\r\nroot: ok";
        new TextTable().left("NAME").row(hostile).print(new PrintWriter(text, true));
        assertThat(text.toString()).isEqualTo("NAME\nEve<U+001B>[2J<U+0007><U+202E>knab<U+0085> root: ok\n");

        StringWriter out = new StringWriter();
        new Visible(out, () -> false).write("a\u001Bb\n\tc");
        assertThat(out.toString()).isEqualTo("a<U+001B>b\n\tc");
        StringWriter document = new StringWriter();
        new Visible(document, () -> true).write(Json.MAPPER.writeValueAsString(Map.of("name", hostile)));
        assertThat(document.toString()).doesNotContain("\u202E", "\u0085", "\u001B");
        assertThat(Json.MAPPER.readTree(document.toString()).get("name").asText())
                .isEqualTo(hostile);
    }

    @Test
    @DisplayName("progress fits a line of 80 columns, for any sync name")
    void progressFits() {
        Progress.on(new PrintWriter(text, true), true)
                .accept(new RunProgress("r-1", "c".repeat(120), "reading", false, 100, 40));
        assertThat(text.toString().split("\r"))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    @DisplayName("progress overwrites its own line and clears it in the end")
    void progress() {
        var progress = Progress.on(new PrintWriter(text, true), true);

        progress.accept(new RunProgress("r-1", "customers", "reading", false, 100, 40));
        progress.accept(new RunProgress("r-1", "customers", "delivering", false, 100, 25));
        assertThat(text.toString())
                .contains("customers  reading, 100 records")
                .contains("customers  [######################........] 75 of 100");
        progress.accept(new RunProgress("r-1", "customers", "completed", true, 100, 0));
        assertThat(text.toString()).endsWith(" \r").doesNotContain("\n");
    }

    @Test
    @DisplayName("durations and counts are written as a person says them")
    void words() {
        assertThat(Words.duration(Duration.ofMillis(3_210))).isEqualTo("3.2 s");
        assertThat(Words.duration(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
        assertThat(Words.count(1, "record")).isEqualTo("1 record");
        assertThat(Words.count(2_000, "record")).isEqualTo("2,000 records");
    }

    @Test
    @DisplayName("a JSON log line is one object with the run, sync and connection it concerns")
    void jsonLog() throws Exception {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.consentbridge.run.Run");
        LoggingEvent event = new LoggingEvent(
                "", logger, Level.WARN, "{}: page failed\nonce", new IllegalStateException("odd"), new Object[] {
                    "customers"
                });
        event.setMDCPropertyMap(Map.of("run", "r-1", "sync", "customers", "message", "must not replace"));

        String line = new JsonLayout(true).doLayout(event);

        assertThat(line).endsWith("}\n");
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode object = Json.MAPPER.readTree(line);
        assertThat(object.get("message").asText()).isEqualTo("customers: page failed\nonce");
        assertThat(object.get("run").asText()).isEqualTo("r-1");
        assertThat(object.get("level").asText()).isEqualTo("WARN");
        assertThat(object.get("exception").asText()).contains("IllegalStateException: odd");
        assertThat(Json.MAPPER
                        .readTree(new JsonLayout(false).doLayout(event))
                        .get("exception")
                        .asText())
                .isEqualTo("java.lang.IllegalStateException");
    }
}
