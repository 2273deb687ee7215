package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.store.DatabaseFiles;
import io.consentbridge.store.StoredContent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Backs up, checks and restores the embedded database. Works on its file, whether or not a runtime is up. */
@Command(name = "store", description = "the embedded database: backup, check, restore")
final class StoreCommands {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    StoreCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(description = "write a copy of the database as of now, while the runtime works")
    int backup(@Parameters(paramLabel = "FILE", description = "a new file") Path file) {
        Path target = file.toAbsolutePath().normalize();
        StoredContent copy = told(files -> files.backup(target));
        desk.tell(
                spec,
                document(copy),
                out -> out.println("Backed up to " + target + ", " + copy.bytes() + " bytes. " + people(copy)));
        return ExitStatus.DONE;
    }

    @Command(description = "read the whole database and say whether it is undamaged")
    int check() {
        StoredContent content = told(DatabaseFiles::check);
        desk.tell(spec, document(content), out -> {
            if (content.whole()) {
                out.println(content.file() + " is undamaged, " + content.bytes() + " bytes. " + people(content));
            } else {
                out.println(content.file() + " is damaged:");
                content.problems().forEach(problem -> out.println("  " + problem));
                out.println("Restore a backup: consentbridge store restore FILE");
            }
        });
        return content.whole() ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
    }

    @Command(description = "replace the database by a backup; needs the runtime to be stopped")
    int restore(@Parameters(paramLabel = "FILE", description = "the file of a backup") Path file) {
        Path backup = file.toAbsolutePath().normalize();
        Optional<Path> replaced =
                told(files -> files.restore(backup, desk.surroundings().clock().instant()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("restored", backup.toString());
        document.put("replaced", replaced.map(Path::toString).orElse(null));
        desk.tell(spec, document, out -> {
            out.println("Restored from " + backup + ".");
            replaced.ifPresent(old -> out.println("The replaced database is in " + old
                    + ". Delete it when you no longer need it; it holds personal data."));
        });
        return ExitStatus.DONE;
    }

    private <T> T told(Function<DatabaseFiles, T> work) {
        try {
            return work.apply(DatabaseFiles.of(desk.installation().database().url()));
        } catch (DatabaseFault fault) {
            if (fault.misfit()) {
                throw new OperationFailure.Refused(fault.getMessage());
            }
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        }
    }

    private static Map<String, Object> document(StoredContent content) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", content.file().toString());
        document.put("bytes", content.bytes());
        document.put("whole", content.whole());
        document.put("problems", content.problems());
        document.put("rows", content.rows());
        return document;
    }

    private static String people(StoredContent content) {
        return "%s people, %s runs, %s pending deliveries."
                .formatted(
                        content.rows().getOrDefault("person", 0L),
                        content.rows().getOrDefault("run", 0L),
                        content.rows().getOrDefault("delivery", 0L));
    }
}
