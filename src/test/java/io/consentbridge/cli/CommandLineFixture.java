package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Carries commands out over fakes, in an installation of its own where no runtime is up. */
abstract class CommandLineFixture {

    @TempDir
    Path folder;

    final FakeRuntime runtime = new FakeRuntime();
    final FakeSandbox sandbox = new FakeSandbox();
    final FakeStop stop = new FakeStop();
    final Map<String, String> env = new HashMap<>(Map.of("HOME", "somewhere"));

    /** What a person at the terminal types; null where nobody is. */
    String typed;

    /** How many sessions of this process were open when somebody was asked last. */
    int openWhenAsked = -1;

    private String type() {
        openWhenAsked = runtime.opened.size() - runtime.closed;
        return typed;
    }

    record Result(int status, String out, String err) {

        /** Standard output, which must be one JSON document and nothing else. */
        JsonNode json() throws IOException {
            try (JsonParser parser = Json.MAPPER.createParser(out)) {
                JsonNode document = parser.readValueAsTree();
                assertThat(parser.nextToken())
                        .as("nothing follows the document")
                        .isNull();
                return document;
            }
        }
    }

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application.properties"),
                "zoho.connections = main, second\ndatabase.url = jdbc:sqlite:" + folder + "/data/consentbridge.db\n");
        Files.createDirectories(folder.resolve("config/syncs"));
        Files.writeString(folder.resolve("config/syncs/hospitality-leads.yaml"), "name: hospitality-leads\n");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(database(), "a database that somebody made");
    }

    Path database() {
        return folder.resolve("data/consentbridge.db");
    }

    /** In the configuration of the folder. */
    Result run(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--config";
        all[1] = folder.resolve("config").toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return runBare(all);
    }

    /** With these arguments and no others. */
    Result runBare(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
        int status = new Cli(new CliEnvironment(runtime, sandbox, env, stop, clock, typed != null, this::type))
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
        return new Result(status, out.toString(), err.toString());
    }
}
