package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import io.consentbridge.runtime.RouteFile;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.runtime.RoutesSeen;
import io.consentbridge.runtime.RuntimeFault;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows from which files the routes come. Reads files only and contacts no runtime; a runtime takes over changed files by
 * {@code reload}.
 */
@Command(name = "routes", description = "route files: list, merged")
final class RoutesCommands {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    RoutesCommands(CommandContext desk) {
        this.desk = desk;
    }

    /**
     * A route file.
     *
     * @param file its name
     * @param loadedFrom the source: shipped, own, own instead of shipped, or one folder
     * @param path the file that is loaded
     * @param shippedFile how the shipped file compares with the own one that replaces it: same, unchanged, changed, gone or
     *     not seen; otherwise null
     * @param firstSeen when the own file was first seen, or null
     * @param shippedThen the shipped file's content at that time, or null
     * @param shippedNow the shipped file of that name, or null
     */
    private record Row(
            String file,
            String loadedFrom,
            String path,
            String shippedFile,
            Instant firstSeen,
            String shippedThen,
            String shippedNow) {}

    @Command(description = "which files are loaded, and which shipped files have changed since you copied them")
    int list() {
        RouteFolders folders = desk.options().routeFolders();
        List<Row> rows = told(() -> {
            RoutesSeen seen = seen(folders);
            if (seen.isOurs()) {
                seen.note();
            }
            return seen.entries().stream().map(entry -> row(folders, entry)).toList();
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("overlay", folders.overlay());
        document.put("own", folders.own().toString());
        document.put("shipped", folders.shipped().toString());
        document.put("files", rows);
        desk.tell(spec, document, out -> print(folders, rows, out));
        return ExitStatus.DONE;
    }

    @Command(description = "record that your file contains the changes of the shipped file that it replaces")
    int merged(@Parameters(paramLabel = "FILE", description = "its name in the routes folder") String file) {
        RouteFolders folders = desk.options().routeFolders();
        if (!seen(folders).isOurs()) {
            throw new OperationFailure.Refused(
                    "the folder " + desk.installation().dataFolder()
                            + " belongs to another user, or does not exist yet. Run the command as the user of"
                            + " the installation");
        }
        boolean known = told(() -> seen(folders).merged(file));
        if (!known) {
            throw new OperationFailure.Refused("no file " + file + " in " + folders.own()
                    + " replaces a shipped one. See: consentbridge routes list");
        }
        desk.tell(spec, Map.of("merged", file), out -> out.println("Recorded."));
        return ExitStatus.DONE;
    }

    private RoutesSeen seen(RouteFolders folders) {
        return new RoutesSeen(folders, desk.installation().dataFolder());
    }

    private static <T> T told(Supplier<T> read) {
        try {
            return read.get();
        } catch (RuntimeFault fault) {
            throw new OperationFailure.Misconfigured(List.of(Problem.of(fault.getMessage())));
        } catch (UncheckedIOException unreadable) {
            throw new OperationFailure.Refused("a file cannot be read or written: " + unreadable.getMessage());
        }
    }

    private static Row row(RouteFolders folders, RoutesSeen.Entry entry) {
        RouteFile file = entry.file();
        return new Row(
                file.name(),
                folders.overlay() ? origin(file) : "one folder",
                file.path().toString(),
                entry.shipped().map(RoutesSeen.Shipped::word).orElse(null),
                entry.since(),
                Optional.ofNullable(entry.before()).map(Path::toString).orElse(null),
                file.shipped().map(Path::toString).orElse(null));
    }

    private static String origin(RouteFile file) {
        if (file.replaces()) {
            return "own instead of shipped";
        }
        return file.own().isPresent() ? "own" : "shipped";
    }

    private void print(RouteFolders folders, List<Row> rows, PrintWriter out) {
        if (!folders.overlay()) {
            out.println("All routes are in " + folders.own() + ", so no file replaces another one.");
        } else {
            out.println("own routes      " + folders.own());
            out.println("shipped routes  " + folders.shipped());
        }
        out.println();
        TextTable table = new TextTable().whole("FILE").left("LOADED FROM").remark("SHIPPED FILE");
        rows.forEach(row -> table.row(row.file(), row.loadedFrom(), shippedFile(row)));
        table.print(out);
        for (Row row : rows) {
            wayOut(row).ifPresent(lines -> {
                out.println();
                lines.forEach(out::println);
            });
        }
    }

    private String shippedFile(Row row) {
        if (row.shippedFile() == null) {
            return "";
        }
        boolean compared = row.firstSeen() != null && row.shippedFile().endsWith("changed");
        return row.shippedFile() + (compared ? " since " + desk.words().time(null, row.firstSeen()) : "");
    }

    private static Optional<List<String>> wayOut(Row row) {
        return switch (String.valueOf(row.shippedFile())) {
            case "changed" ->
                Optional.of(List.of(
                        "What has changed in the shipped " + row.file() + ":",
                        "  diff " + row.shippedThen() + " " + row.shippedNow(),
                        "Make the same change in your file, then run: consentbridge routes merged " + row.file()));
            case "gone" ->
                Optional.of(List.of(
                        row.file() + " is no longer shipped. The last shipped version: " + row.shippedThen(),
                        "Move your change to where its routes are now, or keep the file: consentbridge routes merged "
                                + row.file()));
            case "same" ->
                Optional.of(List.of("Your " + row.file() + " is identical to the shipped file. Remove it, so that"
                        + " upgrades apply."));
            default -> Optional.empty();
        };
    }
}
