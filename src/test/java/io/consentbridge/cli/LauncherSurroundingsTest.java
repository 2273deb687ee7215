package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The command in surroundings that are less than ideal: another command at the same time, tools or rights that lack. */
class LauncherSurroundingsTest extends LauncherFixture {

    private static final List<String> USED = List.of(
            "bash",
            "sh",
            "env",
            "find",
            "sed",
            "dirname",
            "readlink",
            "sort",
            "head",
            "tail",
            "cat",
            "touch",
            "mkdir",
            "mv",
            "rm",
            "cp");

    private Path command;

    @BeforeEach
    void checkout() throws IOException {
        command = home.resolve("bin/consentbridge");
        Files.createDirectories(home.resolve("src/main"));
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("pom.xml"), "<project/>"), FileTime.from(Instant.EPOCH));
    }

    @Test
    @DisplayName("two first commands at once build and rehearse once: the second waits, and both run")
    void twoAtOnce() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/flock")), "without flock nothing keeps two commands apart");
        jar(folder);
        Path go = folder.resolve("go");
        Map<String, String> path = Map.of(
                "PATH",
                maven("mkfifo ../go && echo built >> ../builds && read -r go < ../go && mkdir -p target/lib"
                        + " && cp ../consentbridge-1.jar target"));

        Running first = begin(List.of(command.toString(), "quota"), path);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("builds")));
        Running second = begin(List.of(command.toString(), "history"), path);
        await().atMost(Duration.ofSeconds(30)).until(() -> waitsOrBuilds(second));
        Files.writeString(go, "go\n");
        Result one = first.end();
        Result other = second.end();

        assertThat(one.out()).contains("args [quota]");
        assertThat(other.out()).contains("args [history]");
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
        assertThat(one.err()).contains("building", "recording the classes");
        assertThat(other).isEqualTo(new Result(0, other.out(), ""));
    }

    private boolean waitsOrBuilds(Running running) throws IOException {
        boolean waits = running.process()
                .descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("flock"));
        return waits || Files.readAllLines(folder.resolve("builds")).size() > 1;
    }

    @Test
    @DisplayName("without flock a checkout still builds, rehearses and runs")
    void withoutFlock() throws Exception {
        jar(folder);
        String path = fewTools();
        executable(
                Path.of(path).resolve("mvn"), "#!/bin/sh\nmkdir -p target/lib && cp ../consentbridge-1.jar target\n");

        Result first = run(command, Map.of("PATH", path), "quota");
        Result second = run(command, Map.of("PATH", path), "quota");

        assertThat(first.status()).isZero();
        assertThat(first.err()).contains("building", "recording the classes").doesNotContain("not found");
        assertThat(second).isEqualTo(new Result(0, first.out(), ""));
    }

    @Test
    @DisplayName("a folder without write access runs what is built, and says how to build what is not")
    void readOnly() throws Exception {
        List<String> stranger = stranger();
        Files.createDirectories(home.resolve("target/lib"));
        jar(home.resolve("target"));
        readOnlyForStrangers();

        Result built =
                begin(join(stranger, command.toString(), "quota"), Map.of()).end();
        assertThat(built.status()).as(built.err()).isZero();
        assertThat(built.out()).contains("args [quota]");
        assertThat(built.err()).isEmpty();
        assertThat(list(home.resolve("target"), "*")).hasSize(2);

        Path source = Files.writeString(home.resolve("src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        readOnlyForStrangers();
        Result stale =
                begin(join(stranger, command.toString(), "quota"), Map.of()).end();
        assertThat(stale.status()).isEqualTo(2);
        assertThat(stale.err())
                .isEqualTo("consentbridge: " + home + " must be built, and you may not write there; build it as its"
                        + " owner: bin/consentbridge --version\n");
    }

    /** How to run something as a user who may not write; root may write everywhere. */
    private static List<String> stranger() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root needs setpriv to become somebody else");
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    private void readOnlyForStrangers() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.toList()) {
                boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(runs ? "r-xr-xr-x" : "r--r--r--"));
            }
        }
    }

    private static List<String> join(List<String> before, String... line) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(line));
        return all;
    }

    /** A search path with the tools that the command uses, and no other. */
    private String fewTools() throws IOException {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String tool : USED) {
            Path found = Stream.of(System.getenv("PATH").split(":"))
                    .map(at -> Path.of(at, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            executable(few.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        return few.toString();
    }
}
