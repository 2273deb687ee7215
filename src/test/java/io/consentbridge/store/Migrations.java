package io.consentbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The migration scripts of this program. */
public final class Migrations {

    private static final Path SCRIPTS = Path.of("src/main/resources/db/migration");

    private Migrations() {}

    /** The scripts, oldest first. */
    static List<Path> scripts() {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted(Comparator.comparingInt(Migrations::version)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest version. */
    public static int newest() {
        return scripts().stream().mapToInt(Migrations::version).max().orElseThrow();
    }

    /** What makes all tables on PostgreSQL. */
    static String postgres() {
        return scripts().stream().map(Migrations::postgres).collect(Collectors.joining(";\n"));
    }

    private static String postgres(Path script) {
        try {
            String text = Files.readString(script);
            for (Map.Entry<String, String> type : Engine.POSTGRESQL.types().entrySet()) {
                text = text.replace("${" + type.getKey() + "}", type.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path script) {
        return Integer.parseInt(script.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
    }
}
