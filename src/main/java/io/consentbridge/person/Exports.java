package io.consentbridge.person;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.store.Database;
import io.consentbridge.store.OwnerOnly;
import io.consentbridge.store.PersonNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Writes everything that is held about one person into a folder, readable by its owner only. */
public final class Exports {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String READ_ME = """
            Everything that ConsentBridge holds about one person. It is personal data: hand it to that person only.

            held.json              what is stored, by table; times in UTC. The tables of this person:
            %s
            consent-records.jsonld consent records (W3C DPV profile of ISO/IEC TS 27560); "cb:missing" names what a purpose file
                                   does not say
            ledger/                the person's entries in the ledger with their evidence, and the proof that each stands in it.
                                   To check them on a machine with Java: java ledger/VerifyProofs.java ledger
            """;

    private final Database database;
    private final Supplier<Map<String, Purpose>> purposes;
    private final Proofs proofs;
    private final InstantSource clock;

    Exports(Database database, Supplier<Map<String, Purpose>> purposes, Proofs proofs, InstantSource clock) {
        this.database = database;
        this.purposes = purposes;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** Writes the person's entries of the ledger with their proofs. */
    @FunctionalInterface
    public interface Proofs {
        /** Writes them into a folder that exists, and returns how many there are. */
        int write(Person person, Path folder) throws IOException;
    }

    /**
     * An export.
     *
     * @param rows how many rows of which table
     * @param entries how many entries of the ledger
     */
    public record Exported(Map<String, Integer> rows, int entries) {}

    /**
     * Writes an export; that it was made is in the ledger, and in the export.
     *
     * @param folder absent, or empty
     * @return empty if nothing is held about the person; nothing is written then
     * @throws IOException if the folder is not empty, or cannot be written; nothing of the person is left in it
     */
    public Optional<Exported> write(Person person, Path folder) throws IOException {
        Optional<Long> number = database.query(
                handle -> PersonNumbers.known(handle, List.of(person)).find(person));
        if (number.isEmpty()) {
            return Optional.empty();
        }
        boolean made = make(folder);
        boolean whole = false;
        try {
            if (!database.transaction(handle -> note(handle, person))) {
                return Optional.empty();
            }
            Exported exported = fill(folder, person, number.get());
            whole = true;
            return Optional.of(exported);
        } finally {
            if (!whole) {
                empty(folder, made);
            }
        }
    }

    private Exported fill(Path folder, Person person, long number) throws IOException {
        Path ledger = folder.resolve("ledger");
        make(ledger);
        int entries = proofs.write(person, ledger);
        Map<String, List<Map<String, Object>>> held = database.query(handle -> HeldRows.of(handle, number));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("person", person.address());
        document.put("exportedAt", clock.instant().toString());
        document.put("tables", held);
        file(folder.resolve("held.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        file(
                folder.resolve("consent-records.jsonld"),
                JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(
                                ConsentRecords.of(person, new PersonLedger(database).of(person), purposes.get())));
        file(folder.resolve("README.txt"), READ_ME.formatted(words(held.keySet())));
        Map<String, Integer> rows = new LinkedHashMap<>();
        held.forEach((table, all) -> rows.put(table, all.size()));
        return new Exported(rows, entries);
    }

    /** Returns whether the person is still there; an event about somebody who was erased meanwhile would store them again. */
    private boolean note(Handle handle, Person person) {
        boolean there =
                PersonNumbers.known(handle, List.of(person)).find(person).isPresent();
        if (there) {
            LedgerRows.append(handle, List.of(event(person)));
        }
        return there;
    }

    private LedgerEvent event(Person person) {
        return LedgerEvent.byOperator(
                EventKind.EXPORTED, person, "Everything that is held was exported.", Map.of(), clock.instant());
    }

    private static String words(Set<String> tables) {
        return tables.stream()
                .map(table -> "                         %-21s %s".formatted(table, HeldData.words(table)))
                .collect(Collectors.joining("\n"));
    }

    /** Makes the folder, which is absent or empty; returns whether it was absent. */
    private static boolean make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IOException("the folder is not empty");
                }
            }
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return false;
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder, OwnerOnly.folder(folder));
        return true;
    }

    /** Deletes what an export that broke off has written, and the folder if it made that. */
    private static void empty(Path folder, boolean made) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (made || !file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void file(Path file, String text) throws IOException {
        Files.createFile(file, OwnerOnly.file(file));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    /** The tables that an export covers. */
    static Set<String> tables() {
        return HeldRows.tables();
    }
}
