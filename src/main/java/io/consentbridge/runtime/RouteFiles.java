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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The route files as they were read. They are checked before they are used: against Camel's own schema, then in a temporary
 * context, because Camel's handling of a broken file at runtime is unreliable.
 *
 * @param files by their names below their folders, in the order of these names
 */
record RouteFiles(Map<String, Read> files) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern SCHEME = Pattern.compile("(?:endpoint could be found for|endpoint): ([a-z][\\w-]*)");
    private static final Pattern ROUTE = Pattern.compile("[Rr]oute[:(]? ?([\\w-]+)");
    private static final Pattern LINE = Pattern.compile("line:? (\\d+)");

    /**
     * One route file.
     *
     * @param path the file's path
     * @param text its content
     */
    record Read(Path path, String text) {}

    RouteFiles {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Returns the files of an installation in which no route starts, which are none. */
    static RouteFiles none() {
        return new RouteFiles(Map.of());
    }

    /** @throws RuntimeFault when a folder or a file cannot be read */
    static RouteFiles read(RouteFolders folders) {
        Map<String, Read> files = new LinkedHashMap<>();
        for (RouteFile file : folders.files()) {
            try {
                files.put(file.name(), new Read(file.path(), Files.readString(file.path())));
            } catch (IOException unreadable) {
                throw new RuntimeFault(
                        "the routes in " + file.path() + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
        return new RouteFiles(files);
    }

    /** Returns the content of each file. */
    private Map<Path, String> texts() {
        Map<Path, String> texts = new LinkedHashMap<>();
        files.values().forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }

    /** Returns everything that is wrong with the files; empty when they can replace those whose routes run. */
    List<Problem> problems(CamelContext running) {
        List<Problem> problems = new ArrayList<>();
        files.values().forEach(file -> problems.addAll(againstSchema(file.path(), file.text())));
        return problems.isEmpty() ? inThrowAwayContext(running) : problems;
    }

    /**
     * Adds every route that may start in the context.
     *
     * @throws RuntimeFault when two files have a route, a template or a configuration of the same id, when a route names a
     *     configuration that no file has, or when no route delivers
     */
    void addTo(CamelContext context) throws Exception {
        List<Resource> resources = texts().entrySet().stream()
                .map(entry -> ResourceHelper.fromString("file:" + entry.getKey(), entry.getValue()))
                .toList();
        List<RoutesBuilder> builders =
                new ArrayList<>(PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources));
        // The configurations of all files come first, because a route adopts its own when it is added.
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                context.addRoutesConfigurations(configurations);
            }
        }
        for (RoutesBuilder builder : builders) {
            context.addRoutes(builder);
        }
        for (RoutesBuilder builder : builders) {
            context.addTemplatedRoutes(builder);
        }
        RouteIds.requireDistinct(builders);
        RouteIds.requireConfigurations(builders);
        if (!builders.isEmpty()) {
            RouteIds.require(StartingRoutes.DELIVERING, builders);
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
        // The context has a registry of its own over the running one, because a context that stops empties its
        // registry.
        DefaultRegistry beans = new DefaultRegistry(List.of(running.getRegistry()));
        try (DefaultCamelContext trial = new DefaultCamelContext(beans)) {
            trial.setAutoStartup(false);
            trial.setSourceLocationEnabled(true);
            trial.getPropertiesComponent().addPropertiesSource(new SettingsOf(running));
            addTo(trial);
            for (RouteDefinition route : trial.getRouteDefinitions()) {
                route.setAutoStartup("false");
            }
            trial.start();
        } catch (RuntimeFault told) {
            problems.add(told.problem().orElseGet(() -> problem(told)));
        } catch (Exception broken) {
            problems.add(problem(broken));
        }
        return problems;
    }

    /**
     * Adds the routes to a context that is being opened, and starts them.
     *
     * @param starting whether routes start at all
     * @throws RuntimeFault with file and line of the route that cannot be started
     */
    void start(Main main, boolean starting) {
        try {
            addTo(main.getCamelContext());
            if (starting) {
                main.start();
            }
        } catch (RuntimeFault told) {
            throw told;
        } catch (Exception broken) {
            Problem problem = problem(broken);
            throw new RuntimeFault(
                    "the routes could not be started: " + problem.file() + ":" + problem.line() + ": " + problem.what(),
                    broken);
        }
    }

    /** Returns what Camel reports about a file that it cannot load, with the line that it means. */
    Problem problem(Exception broken) {
        Path file = fileOf(broken);
        Problem problem = problem(file, rootMessage(broken));
        return problem.line() > 0
                ? problem
                : new Problem(problem.file(), lineOf(file, broken), 0, problem.what(), problem.whatWouldBeRight());
    }

    // Camel names the endpoint or, failing that, the route, but no line.
    private int lineOf(Path file, Exception broken) {
        List<String> lines = texts().getOrDefault(file, "").lines().toList();
        for (Pattern named : List.of(SCHEME, ROUTE)) {
            Matcher names = named.matcher(said(broken));
            while (names.find()) {
                String name = names.group(1);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).matches(".*\\b(uri|id): \"?" + Pattern.quote(name) + "\\b.*")) {
                        return i + 1;
                    }
                }
            }
        }
        return 0;
    }

    private Path fileOf(Exception broken) {
        String said = said(broken);
        Set<Path> paths = texts().keySet();
        return paths.stream()
                .filter(file -> said.contains(file.getFileName().toString()))
                .findFirst()
                .or(() -> fileOfRoute(said))
                .orElse(paths.stream().findFirst().map(Path::getParent).orElse(Path.of("routes")));
    }

    private Optional<Path> fileOfRoute(String said) {
        return ROUTE.matcher(said)
                .results()
                .map(found -> Pattern.compile("id: \"?" + Pattern.quote(found.group(1)) + "\"?\\s"))
                .flatMap(id -> files.values().stream()
                        .filter(file -> id.matcher(file.text()).find())
                        .map(Read::path))
                .findFirst();
    }

    private static String said(Throwable broken) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
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
