package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The systemd unit and the command that ship in deploy/, with their paths led into a folder of the test. */
class ShippedUnitTest extends LauncherFixture {

    private Path state;
    private Path command;
    private List<String> unit;

    @BeforeEach
    void deploy() throws IOException {
        jar(home);
        state = Files.createDirectories(folder.toRealPath().resolve("var/lib/consentbridge"));
        Files.createDirectories(state.resolve("config"));
        Files.createDirectories(state.resolve("routes"));
        command = folder.toRealPath().resolve("consentbridge");
        executable(command, led(Path.of("deploy/consentbridge")).replace(home.toString(), "'" + home + "'"));
        unit = led(Path.of("deploy/consentbridge.service")).lines().toList();
    }

    private String led(Path shipped) throws IOException {
        return Files.readString(shipped)
                .replace("/usr/local/bin/consentbridge", command.toString())
                .replace("/opt/consentbridge", home.toString())
                .replace("/var/lib/consentbridge", state.toString());
    }

    @Test
    @DisplayName("a command on the host of the service uses the service's database, configuration and routes")
    void besideTheService() throws Exception {
        String service =
                told(begin(List.of(of("ExecStart").findFirst().orElseThrow().split(" ")), environment())
                        .end()
                        .out());
        assertThat(service)
                .isEqualTo("in " + state + "\nconfig " + state + "/config\nroutes " + state + "/routes\nshipped " + home
                        + "/routes\nargs [start]");

        assertThat(told(run(command, Map.of(), "status").out())).isEqualTo(service.replace("start", "status"));
        assertThat(dataFolder(Map.of("CONSENTBRIDGE_HOME", state.toString()))).isEqualTo(state.resolve("data"));
        assertThat(dataFolder(Map.of()))
                .as("a command with --config and without the service's environment")
                .isEqualTo(state.resolve("data"));
        assertThat(run(
                                home.resolve("bin/consentbridge"),
                                Map.of(),
                                "status",
                                "--config",
                                state.resolve("config").toString())
                        .out())
                .contains("in " + state + "\n");
    }

    @Test
    @DisplayName("the service sets no home, database or --config of its own, so that commands use the same ones")
    void oneName() {
        assertThat(environment()).doesNotContainKey("CONSENTBRIDGE_HOME").doesNotContainKey("DATABASE_URL");
        assertThat(of("ExecStart")).singleElement().asString().doesNotContain("--config");
    }

    @Test
    @DisplayName("the service may write its configuration, so that syncs can be made and changed by command")
    void writable() throws Exception {
        assertThat(of("StateDirectory")).containsExactly("consentbridge");
        assertThat(of("User")).containsExactly("consentbridge");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of("deploy/consentbridge"))))
                .startsWith("rwx");
    }

    private Path dataFolder(Map<String, String> env) {
        return Installation.read(state.resolve("config"), env).dataFolder();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        of("Environment").flatMap(line -> Stream.of(line.split(" "))).forEach(one -> {
            String[] parts = one.split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        return environment;
    }

    private Stream<String> of(String key) {
        return unit.stream().filter(line -> line.startsWith(key + "=")).map(line -> line.substring(key.length() + 1));
    }

    private static String told(String out) {
        return String.join(
                "\n",
                out.lines().filter(line -> !line.matches("(samples|mark) .*")).toList());
    }
}
