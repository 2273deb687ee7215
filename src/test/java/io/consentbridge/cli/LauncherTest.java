package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The command bin/consentbridge, with a program that only tells how it was started. */
class LauncherTest extends LauncherFixture {

    @Test
    @DisplayName("a distribution runs from any folder and through links, in its own folder")
    void distribution() throws Exception {
        jar(home);
        Path link = Files.createSymbolicLink(elsewhere.resolve("cb"), home.resolve("bin/consentbridge"));

        Result result = run(link, Map.of(), "sync", "list", "--json");

        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "in " + home + "\nconfig " + home + "/config\nroutes " + home + "/routes\nshipped " + home
                                + "/routes\nsamples " + home
                                + "/samples/config\nmark null\nargs [sync, list, --json]\n",
                        ""));
    }

    @Test
    @DisplayName("relative folders and files on the command line start from the current folder")
    void givenFolders() throws Exception {
        jar(home);
        Path command = home.resolve("bin/consentbridge");

        assertThat(run(command, Map.of(), "--config", "c", "demo").out())
                .contains("in " + elsewhere + "\n")
                .contains("args [--config, " + elsewhere + "/c, demo]");
        assertThat(run(command, Map.of(), "demo", "--routes", "r").out())
                .contains("in " + home + "\n")
                .contains("args [demo, --routes, " + elsewhere + "/r]");
        for (String option : new String[] {"--from", "--csv", "--save", "--plan"}) {
            assertThat(run(command, Map.of(), "sync", option, "f").out())
                    .contains("args [sync, " + option + ", " + elsewhere + "/f]");
            assertThat(run(command, Map.of(), "sync", option + "=f").out())
                    .contains("args [sync, " + option + "=" + elsewhere + "/f]");
        }
        assertThat(run(command, Map.of("CONSENTBRIDGE_JAVA_OPTS", "-Dmark=1 -Xmx64m"), "demo")
                        .out())
                .contains("mark 1\n");
    }

    @Test
    @DisplayName("folders and files that ledger, person and store commands write start from the current folder, too")
    void writtenFolders() throws Exception {
        jar(home);
        Path command = home.resolve("bin/consentbridge");

        assertThat(run(command, Map.of(), "ledger", "verify", "--against", "f").out())
                .contains("args [ledger, verify, --against, " + elsewhere + "/f]");
        assertThat(run(command, Map.of(), "ledger", "export", "d").out())
                .contains("args [ledger, export, " + elsewhere + "/d]");
        assertThat(run(command, Map.of(), "ledger", "export", "/d").out()).contains("args [ledger, export, /d]");
        assertThat(run(command, Map.of(), "store", "backup", "f").out())
                .contains("args [store, backup, " + elsewhere + "/f]");
        assertThat(run(command, Map.of(), "person", "export", "a@example.com", "--to", "d")
                        .out())
                .contains("args [person, export, a@example.com, --to, " + elsewhere + "/d]");
        assertThat(run(command, Map.of(), "person", "export", "a@example.com", "--to=d")
                        .out())
                .contains("args [person, export, a@example.com, --to=" + elsewhere + "/d]");
        assertThat(run(command, Map.of(), "consent", "try", "news", "--to", "a@example.com")
                        .out())
                .contains("args [consent, try, news, --to, a@example.com]");
    }

    @Test
    @DisplayName(
            "relative paths start from CONSENTBRIDGE_HOME, else from the folder that contains config/, in any current folder")
    void homeOfSettings() throws Exception {
        jar(home);
        Path command = home.resolve("bin/consentbridge");
        Path own = Files.createDirectories(elsewhere.resolve("own"));
        Files.createDirectories(elsewhere.resolve("of another/config"));
        Files.createDirectories(elsewhere.resolve("of another/x"));

        assertThat(run(command, Map.of(), "--config", "of another/config", "demo")
                        .out())
                .contains("in " + elsewhere + "/of another\n")
                .contains("\nroutes " + elsewhere + "/of another/routes\nshipped " + home + "/routes\n");
        assertThat(run(command, Map.of("CONSENTBRIDGE_HOME", "own"), "--config=of another/config", "demo")
                        .out())
                .contains("in " + own + "\n")
                .contains("args [--config=" + elsewhere + "/of another/config, demo]");

        for (String config : List.of(".", "of another/config/.", "of another/config/..", "of another/x/../config/")) {
            assertThat(run(command, Map.of(), "--config", config, "demo").out())
                    .as(config)
                    .contains(
                            "in " + Home.of(elsewhere.resolve(config), Map.of()).folder() + "\n");
        }

        Map<String, String> env = Map.of("CONSENTBRIDGE_HOME", own.toString());
        assertThat(run(command, env, "check").out())
                .contains("in " + own + "\nconfig " + home + "/config\nroutes " + own + "/routes\nshipped " + home
                        + "/routes\n");
        Files.createDirectories(own.resolve("config"));
        Files.createDirectories(own.resolve("routes"));
        assertThat(run(command, env, "check").out())
                .contains("in " + own + "\nconfig " + own + "/config\nroutes " + own + "/routes\n");

        assertThat(run(command, Map.of("CONSENTBRIDGE_HOME", "nowhere"), "check"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "consentbridge: CONSENTBRIDGE_HOME names nowhere, and no such folder can be entered; make it, or"
                                + " name another one\n"));
    }

    @Test
    @DisplayName("a too low limit on open files is reported with the remedy")
    void openFiles() throws Exception {
        jar(home);

        Result few = begin(
                        List.of("bash", "-c", "ulimit -n 64; exec \"$0\" --version", home + "/bin/consentbridge"),
                        Map.of())
                .end();

        assertThat(few)
                .isEqualTo(new Result(
                        2,
                        "",
                        "consentbridge: only 64 files may be open at once, and 256 are needed; raise the limit: ulimit -n 1024,"
                                + " or LimitNOFILE=1024 in a systemd unit\n"));
    }

    @Test
    @DisplayName("only the owner can read files that the program creates")
    void umask() throws Exception {
        jar(home);
        Path made = elsewhere.resolve("dump");

        run(home.resolve("bin/consentbridge"), Map.of("MAKE", made.toString()), "demo");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("a checkout builds when nothing is built, and again only when sources are newer")
    void builds() throws Exception {
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        jar(folder);
        Map<String, String> path = Map.of(
                "PATH",
                maven("mkdir -p target/lib && cp ../consentbridge-1.jar target && "
                        + "echo chatter && touch -d 2030-01-01 target/consentbridge-1.jar"));
        Path command = home.resolve("bin/consentbridge");

        Result first = run(command, path, "quota");
        assertThat(first.status()).isZero();
        assertThat(first.out()).startsWith("in ").doesNotContain("chatter");
        assertThat(first.err()).contains("building").contains("chatter");
        assertThat(run(command, path, "quota").err()).isEmpty();

        Path source = Files.writeString(home.resolve("src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        assertThat(run(command, path, "quota").err()).contains("building");
    }

    @Test
    @DisplayName("classes are recorded once after a build and used; a record that does not fit is ignored silently")
    void rehearses() throws Exception {
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("target/lib"));
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("pom.xml"), "<project/>"), FileTime.from(Instant.EPOCH));
        jar(home.resolve("target"));
        Path command = home.resolve("bin/consentbridge");

        Result first = run(command, Map.of(), "quota");
        assertThat(first.status()).isZero();
        assertThat(first.err()).contains("recording the classes").hasLineCount(1);

        Path loaded = folder.resolve("loaded");
        Result second = run(command, Map.of("CONSENTBRIDGE_JAVA_OPTS", "-Xlog:class+load:file=" + loaded), "quota");
        assertThat(second).isEqualTo(new Result(0, first.out(), ""));
        assertThat(Files.readString(loaded)).contains("shared objects file (top)");

        for (Path recorded : list(home.resolve("target"), "*.jsa")) {
            Files.delete(recorded);
            Files.writeString(recorded, "no archive");
        }
        assertThat(run(command, Map.of(), "quota")).isEqualTo(second);
    }

    @Test
    @DisplayName("the rehearsal uses the shipped routes and none of the installation's own")
    void rehearsesShippedRoutes() throws Exception {
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("target/lib"));
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("pom.xml"), "<project/>"), FileTime.from(Instant.EPOCH));
        jar(home.resolve("target"));
        Files.createDirectories(home.resolve("routes"));
        List<Path> shipped = list(Path.of("routes"), "*");
        for (Path file : shipped) {
            Files.copy(file, home.resolve("routes").resolve(file.getFileName()));
        }
        Files.writeString(home.resolve("routes/own.camel.yaml"), "- route: {}\n");

        run(home.resolve("bin/consentbridge"), Map.of(), "quota");

        assertThat(Files.readAllLines(home.resolve("rehearsed")))
                .containsExactlyInAnyOrderElementsOf(shipped.stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        assertThat(home.resolve("target").toFile().list()).noneMatch(name -> name.startsWith("rehearsal"));
    }

    @Test
    @DisplayName("a failed build and a folder without a jar are reported and exit with 2")
    void cannotRun() throws Exception {
        Path command = home.resolve("bin/consentbridge");
        Result empty = run(command, Map.of(), "quota");
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.err()).contains("no consentbridge-*.jar");

        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Result broken = run(command, Map.of("PATH", maven("exit 1")), "quota");
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("the build failed");
        assertThat(broken.out()).isEmpty();
    }

    @Test
    @DisplayName("arguments keep their letters in a locale without UTF-8")
    void plainLocale() throws Exception {
        jar(home);
        String line = "exec \"$0\" explain \"$(printf 'j\\303\\274rgen@example.com')\" --json";

        Result result = begin(
                        List.of(
                                "sh",
                                "-c",
                                line,
                                home.resolve("bin/consentbridge").toString()),
                        Map.of("LANG", "C", "LC_ALL", "C", "LC_CTYPE", "C"))
                .end();

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("args [explain, j\u00fcrgen@example.com, --json]");
    }

    @Test
    @DisplayName("a Java version that is too old is reported")
    void oldJava() throws Exception {
        jar(home);
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        executable(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");

        Result result = run(
                home.resolve("bin/consentbridge"),
                Map.of("JAVA_HOME", folder.resolve("old").toString()),
                "quota");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("Java 11 is too old").contains("JDK 17");
    }
}
