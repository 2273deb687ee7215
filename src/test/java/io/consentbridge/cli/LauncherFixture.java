package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An installation of the command bin/consentbridge in a folder, with a program that only tells how it was started. */
abstract class LauncherFixture {

    @TempDir
    Path folder;

    Path home;
    Path elsewhere;

    record Result(int status, String out, String err) {}

    /** A command that was started. */
    record Running(Process process, Path out, Path err) {

        Result end() throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** Tells how it was started. */
    static final class Echo {
        private Echo() {}

        /** Prints the folder, the defaults and the arguments. */
        public static void main(String[] args) throws IOException {
            String told = "in " + Path.of("").toAbsolutePath()
                    + "\nconfig " + System.getProperty("consentbridge.config")
                    + "\nroutes " + System.getProperty("consentbridge.routes")
                    + "\nshipped " + System.getProperty("consentbridge.shipped-routes")
                    + "\nsamples " + System.getProperty("consentbridge.samples")
                    + "\nmark " + System.getProperty("mark")
                    + "\nargs " + List.of(args) + "\n";
            if (System.getenv("MAKE") != null) {
                new FileOutputStream(System.getenv("MAKE")).close();
            }
            String[] routes = new File(System.getProperty("consentbridge.routes", "")).list();
            if (List.of(args).contains("--keep") && routes != null) {
                Files.write(
                        Path.of(System.getProperty("consentbridge.samples"), "../../rehearsed")
                                .normalize(),
                        List.of(routes));
            }
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write(told.getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("home of it"));
        elsewhere = Files.createDirectories(folder.toRealPath().resolve("elsewhere"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("bin/consentbridge"), home.resolve("bin/consentbridge"));
    }

    final Result run(Path command, Map<String, String> env, String... args) throws Exception {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(args));
        return begin(line, env).end();
    }

    /** Starts a command line, with what it says kept for later. */
    final Running begin(List<String> line, Map<String, String> env) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(line).directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("CONSENTBRIDGE_JAVA_OPTS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(env);
        Path out = Files.createTempFile(folder, "stdout", "");
        Path err = Files.createTempFile(folder, "stderr", "");
        return new Running(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    /** A search path whose Maven does only this. */
    final String maven(String script) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        executable(tools.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
        return tools + ":" + System.getenv("PATH");
    }

    static List<Path> list(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    static void jar(Path into) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String entry = Echo.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar =
                        new JarOutputStream(Files.newOutputStream(into.resolve("consentbridge-1.jar")), manifest);
                var bytes = Echo.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            bytes.transferTo(jar);
        }
    }
}
