package io.consentbridge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.ValidationMessage;
import io.consentbridge.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The route files of a folder as they were read. They are checked before they are used: against Camel's own schema, then
 * in a context that is thrown away, because what Camel does with a broken file while it runs cannot be relied on.
 *
 * @param texts file to what it held, in the order of their names
 */
record RouteFiles(Map<Path, String> texts) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern LINE = Pattern.compile("line:? (\\d+)");
    private static final Pattern TRIGGER = Pattern.compile("schedules\\.camel\\.yaml$");

    RouteFiles {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** @throws RuntimeFault when the folder cannot be read */
    static RouteFiles read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<Path, String> texts = new LinkedHashMap<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                texts.put(file, Files.readString(file));
            }
            return new RouteFiles(texts);
        } catch (IOException unreadable) {
            throw new RuntimeFault(
                    "the routes folder " + folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Everything that is wrong with the files; empty when they can be used in place of those that run. */
    List<Problem> problems(CamelContext running) {
        List<Problem> problems = new ArrayList<>();
        texts.forEach((file, text) -> problems.addAll(againstSchema(file, text)));
        return problems.isEmpty() ? inThrowAwayContext(running) : problems;
    }

    /** Adds every route to the context; triggers only for a full runtime. */
    void addTo(CamelContext context, boolean triggers) throws Exception {
        List<Resource> resources = texts.entrySet().stream()
                .filter(entry ->
                        triggers || !TRIGGER.matcher(entry.getKey().toString()).find())
                .map(entry -> ResourceHelper.fromString("file:" + entry.getKey(), entry.getValue()))
                .toList();
        List<RoutesBuilder> builders =
                new ArrayList<>(PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources));
        // Configurations of all files come first, because a route takes its own in when it is added.
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                context.addRoutesConfigurations(configurations);
            }
        }
        for (RoutesBuilder builder : builders) {
            context.addRoutes(builder);
        }
    }

    private static List<Problem> againstSchema(Path file, String text) {
        JsonNode tree;
        try {
            tree = YAML.readTree(text);
        } catch (IOException invalid) {
            return List.of(problem(file, invalid.getMessage()));
        }
        List<Problem> problems = new ArrayList<>();
        for (ValidationMessage message : RouteSchema.violations(tree)) {
            problems.add(new Problem(
                    file.toString(),
                    YamlLines.of(text, message.getInstanceLocation().toString()),
                    0,
                    message.getMessage(),
                    "what Camel's YAML DSL has there"));
        }
        return problems;
    }

    private List<Problem> inThrowAwayContext(CamelContext running) {
        List<Problem> problems = new ArrayList<>();
        // A registry of its own, because a context that ends empties the one that it has.
        try (DefaultCamelContext trial = new DefaultCamelContext(new DefaultRegistry(running.getRegistry()))) {
            trial.setAutoStartup(false);
            trial.getPropertiesComponent()
                    .setInitialProperties(running.getPropertiesComponent().loadProperties());
            addTo(trial, true);
            trial.start();
        } catch (Exception broken) {
            problems.add(problem(fileOf(broken), rootMessage(broken)));
        }
        return problems;
    }

    private Path fileOf(Exception broken) {
        String message = String.valueOf(broken.getMessage());
        return texts.keySet().stream()
                .filter(file -> message.contains(file.getFileName().toString()))
                .findFirst()
                .orElse(texts.keySet().stream().findFirst().map(Path::getParent).orElse(Path.of("routes")));
    }

    private static Problem problem(Path file, String message) {
        Matcher line = LINE.matcher(String.valueOf(message));
        String first = String.valueOf(message).lines().findFirst().orElse("");
        return new Problem(
                file.toString(),
                line.find() ? Integer.parseInt(line.group(1)) : 0,
                0,
                first,
                "a file that Camel can load");
    }

    private static String rootMessage(Throwable broken) {
        Throwable cause = broken;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
