package io.consentbridge.endtoend;

import io.consentbridge.SamplePurposes;
import io.consentbridge.TestFolders;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files and settings of one installation of a test: its folder, its routes, where its Zoho and its database are. */
final class TestConfig {

    private final Path folder;
    private final Sandbox sandbox;
    private final Map<String, String> environment = new HashMap<>();

    /** An installation without a purpose or sync, with the product's own routes, patient for milliseconds only. */
    TestConfig(Sandbox sandbox) {
        this.sandbox = sandbox;
        try {
            folder = TestFolders.make();
            for (String sub : new String[] {"config/purposes", "config/mappings", "config/syncs", "routes"}) {
                Files.createDirectories(folder.resolve(sub));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("config/application.properties", "zoho.connections = main\n");
        copy(Path.of("routes"), routes());
        for (String api : new String[] {"ACCOUNTS", "CRM", "CAMPAIGNS"}) {
            set("ZOHO_MAIN_" + api + "_URL", sandbox.baseUrl());
        }
        set("ZOHO_MAIN_CLIENT_ID", Sandbox.CLIENT_ID);
        set("ZOHO_MAIN_CLIENT_SECRET", Sandbox.CLIENT_SECRET);
        set("ZOHO_MAIN_REFRESH_TOKEN", Sandbox.REFRESH_TOKEN);
        on(TestDatabase.usual());
        set("HTTP_PORT", "0");
        set("PUBLIC_PORT", "0");
        set("PUBLIC_URL", "https://consent.example.com");
        set("MAIL_SMTP_HOST", "127.0.0.1");
        set("RETRY_DELAY", "1");
        set("RETRY_DELAY_MOST", "5");
        set("DELIVERY_EVERY", "100ms");
        set("HOLD_FIRST", "50ms");
        set("HOLD_MOST", "100ms");
        for (String method :
                new String[] {"JSON_LISTSUBSCRIBE", "JSON_LISTUNSUBSCRIBE", "GETLISTSUBSCRIBERS", "LISTSUBSCRIBERSCOUNT"
                }) {
            set("QUOTA_" + method, "none");
        }
        for (String rule : new String[] {
            "ACTIVE_SYNCS", "RUNS_PER_DAY", "RUNS_PER_MONTH", "FULL_SYNCS_PER_DAY", "FULL_SYNCS_PER_MONTH"
        }) {
            set("LIMITS_" + rule, "0");
        }
    }

    Path folder() {
        return folder;
    }

    /** What stands in for Zoho, and takes the mails. */
    Sandbox sandbox() {
        return sandbox;
    }

    Path config() {
        return folder.resolve("config");
    }

    Path routes() {
        return folder.resolve("routes");
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    TestConfig set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** An empty database of that engine, in the place of the usual one. */
    TestConfig on(TestDatabase engine) {
        environment.putAll(engine.environment(engine.withTables(folder)));
        return this;
    }

    /** The sample purposes and syncs that come with the product; product news are asked for by a list of Campaigns. */
    TestConfig samples() {
        copy(Path.of("samples/config/purposes"), config().resolve("purposes"));
        copy(Path.of("samples/config/mappings"), config().resolve("mappings"));
        copy(Path.of("samples/config/syncs"), config().resolve("syncs"));
        SamplePurposes.askByList(config());
        return this;
    }

    /** A purpose that needs no consent and creates its list, with further lines that win over these. */
    TestConfig purpose(String name, String... lines) {
        return write(
                "config/purposes/" + name + ".yaml",
                yaml(
                        Map.of(
                                "name", name,
                                "statement", "Letters",
                                "lawfulBasis", "contract",
                                "list", name,
                                "createList", "true"),
                        lines));
    }

    /** A sync of a whole module to the purpose of the same name, with further lines that win over these. */
    TestConfig sync(String name, String module, String... lines) {
        return write(
                "config/syncs/" + name + ".yaml",
                yaml(
                        Map.of(
                                "name", name,
                                "connection", "main",
                                "module", module,
                                "purpose", name,
                                "select", "{scope: all}",
                                "deleted", "unsubscribe",
                                "optedOut", "unsubscribe"),
                        lines));
    }

    /** A purpose and a sync of one name. */
    TestConfig letters(String name, String module) {
        return purpose(name).sync(name, module);
    }

    /** A file of another folder of the configuration, with that name and these lines. */
    TestConfig add(String kind, String name, String... lines) {
        try {
            Files.createDirectories(config().resolve(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write("config/" + kind + "/" + name + ".yaml", yaml(Map.of("name", name), lines));
    }

    TestConfig write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestConfig remove(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String yaml(Map<String, String> usual, String... lines) {
        Map<String, String> all = new TreeMap<>(usual);
        for (String line : lines) {
            all.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
