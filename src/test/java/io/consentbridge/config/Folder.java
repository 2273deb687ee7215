package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small configuration without a mistake, in which a test changes what it is about. */
final class Folder {

    static final String PROPERTIES = """
            zoho.connections = main
            zoho.main.data-centre = eu
            zoho.main.client-id = id
            zoho.main.client-secret = secret
            zoho.main.refresh-token = token
            zoho.main.time-zone = Europe/Berlin
            """;
    static final String NEWS = """
            name: news
            statement: News by e-mail
            lawfulBasis: consent
            list: News
            """;
    static final String LETTER = """
            name: letter
            statement: A letter to customers
            lawfulBasis: contract
            list: Letter
            """;
    static final String LEADS = """
            name: leads
            connection: main
            module: Leads
            purpose: news
            consent: required
            """;

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    Folder(Path root) {
        this.root = root;
        write("application.properties", PROPERTIES);
        write("purposes/news.yaml", NEWS);
        write("purposes/letter.yaml", LETTER);
        write("syncs/leads.yaml", LEADS);
    }

    Folder write(String file, String content) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), content);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Adds lines to application.properties; the first is line 7. */
    Folder settings(String lines) {
        return write("application.properties", PROPERTIES + lines);
    }

    /** Adds lines to the sync; the first is line 6. */
    Folder sync(String lines) {
        return write("syncs/leads.yaml", LEADS + lines);
    }

    Folder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The folder to which relative paths in settings belong. */
    Path home() {
        return root.getParent();
    }

    Path path(String file) {
        return root.resolve(file);
    }

    Configuration configuration() {
        Loaded loaded = Configuration.load(root, environment);
        assertThat(loaded).as("%s", loaded).isInstanceOf(Configuration.class);
        return (Configuration) loaded;
    }

    /** The problems as they are printed, the folder's own path left out. */
    List<String> problems() {
        Loaded loaded = Configuration.load(root, environment);
        assertThat(loaded).isInstanceOf(Problems.class);
        return ((Problems) loaded)
                .all().stream()
                        .map(problem -> problem.toString().replace(root + "/", ""))
                        .toList();
    }
}
