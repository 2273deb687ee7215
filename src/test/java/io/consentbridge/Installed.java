package io.consentbridge;

import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sample configuration and the routes in a folder of a test, led to a sandbox. */
final class Installed {

    final Path folder;
    final int port = freePort();
    final Map<String, String> environment = new HashMap<>();

    Installed(Path folder, Sandbox sandbox) {
        this.folder = folder;
        copy(Path.of("config"), config());
        for (String samples : new String[] {"purposes", "mappings", "syncs"}) {
            copy(Path.of("samples/config", samples), config().resolve(samples));
        }
        SamplePurposes.askByList(config());
        copy(Path.of("routes"), routes());
        environment.put("ZOHO_MAIN_ACCOUNTS_URL", sandbox.baseUrl());
        environment.put("ZOHO_MAIN_CRM_URL", sandbox.baseUrl());
        environment.put("ZOHO_MAIN_CAMPAIGNS_URL", sandbox.baseUrl());
        environment.put("ZOHO_MAIN_CLIENT_ID", Sandbox.CLIENT_ID);
        environment.put("ZOHO_MAIN_CLIENT_SECRET", Sandbox.CLIENT_SECRET);
        environment.put("ZOHO_MAIN_REFRESH_TOKEN", Sandbox.REFRESH_TOKEN);
        TestDatabase engine = TestDatabase.usual();
        environment.putAll(engine.environment(engine.fresh(folder)));
        environment.put("DELIVERY_EVERY", "200ms");
        environment.put("HTTP_PORT", String.valueOf(port));
    }

    Path config() {
        return folder.resolve("config");
    }

    Path routes() {
        return folder.resolve("routes");
    }

    /** Copies a folder over another one; files that are there already are replaced. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts the command in a process of its own, with its standard error in that file. */
    Process command(Path log, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(ProductJvm.with("-Dlogback.configurationFile="
                + Path.of("src/main/resources/logback.xml").toAbsolutePath()));
        line.addAll(List.of("--config=" + config(), "--routes=" + routes()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.redirectError(log.toFile()).start();
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
