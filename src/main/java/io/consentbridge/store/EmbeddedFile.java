package io.consentbridge.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The file of an embedded database before it is opened. A file that is empty, gone, of another engine or on a network share
 * is refused: a new database in its place would know no refusal.
 */
final class EmbeddedFile {

    /** Kinds of file stores whose locks other machines do not see, or that lose them. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "ncpfs",
            "ceph",
            "lustre",
            "gpfs",
            "9p",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.s3fs",
            "fuse.rclone",
            "fuse.davfs",
            "davfs");

    private static final String FORMER = ".mv.db";

    private EmbeddedFile() {}

    /**
     * Creates the folder unless it exists.
     *
     * @throws DatabaseFault if it cannot be made, or is on a network share
     */
    static void prepareFolder(Path file) {
        createFolder(file.getParent());
        refuseNetwork(file.getParent());
    }

    /**
     * Creates the folder and a database without tables, which only the owner can read, unless they exist.
     *
     * @throws DatabaseFault if the file must not be used, or cannot be made
     */
    static void prepare(DatabaseLocation location) {
        Path file = location.file();
        prepareFolder(file);
        if (Files.exists(file)) {
            requireContent(file);
            return;
        }
        refuseVanished(file);
        refuseFormerEngine(file);
        create(location);
    }

    /** Whether a database is or was there; then opening it is right, or says what is wrong. */
    static boolean wasThere(Path file) {
        return Files.exists(file) || ProcessLock.remembers(file) || former(file).isPresent();
    }

    private static void requireContent(Path file) {
        if (file.toFile().length() == 0) {
            throw new DatabaseFault(
                    "The database file %s is empty. Restore a backup, or remove the file and %s to start with a new database, which knows nobody who refused mail."
                            .formatted(file, ProcessLock.file(file).getFileName()),
                    true);
        }
    }

    private static void refuseVanished(Path file) {
        if (ProcessLock.remembers(file)) {
            throw new DatabaseFault(
                    "The database file %s is gone: %s remembers that it was there. Restore a backup, or remove %s to start with a new database, which knows nobody who refused mail."
                            .formatted(
                                    file,
                                    ProcessLock.file(file).getFileName(),
                                    ProcessLock.file(file).getFileName()),
                    true);
        }
    }

    private static void refuseFormerEngine(Path file) {
        former(file).ifPresent(old -> {
            throw new DatabaseFault(
                    ("The file %s was written by H2, which was the embedded engine before version 0.1.0; this version"
                                    + " uses SQLite and cannot read it. Keep that file with the version that wrote it, or move it"
                                    + " away to start with a new database, which knows nobody who refused mail.")
                            .formatted(old),
                    DatabaseFault.Kind.MISFIT);
        });
    }

    /** The file of the engine before 0.1.0, which had the same name with another ending. */
    private static Optional<Path> former(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return Optional.of(file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + FORMER))
                .filter(Files::exists);
    }

    private static void refuseNetwork(Path folder) {
        try {
            String store = Files.getFileStore(folder).type();
            if (isNetwork(store)) {
                throw new DatabaseFault(
                        ("The folder %s of the database is a network share (%s), whose locks do not protect a database."
                                        + " Set database.url to a file on a disk of this machine, or to PostgreSQL.")
                                .formatted(folder, store),
                        DatabaseFault.Kind.MISFIT);
            }
        } catch (IOException unknown) {
            // Opening the file reports what is wrong with the folder.
        }
    }

    /** Whether locks of that kind of file store do not protect a database. */
    static boolean isNetwork(String store) {
        return NETWORK.contains(store.toLowerCase(Locale.ROOT));
    }

    /** Under another name first, so that a killed process or a loss of power leaves no empty file, which is refused. */
    private static void create(DatabaseLocation location) {
        Path file = location.file();
        Path begun = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(begun);
            Files.createFile(begun, OwnerOnly.file(begun));
            ConnectionPools.create(begun);
            DurableFiles.rename(begun, file);
        } catch (SQLException | LinkageError e) {
            throw Faults.of(e, location);
        } catch (IOException e) {
            throw new DatabaseFault(
                    "The database file %s cannot be created. Free space on its disk and give this user write access to its folder."
                            .formatted(file),
                    true);
        } finally {
            begun.toFile().delete();
        }
    }

    /** The database contains addresses, so only its owner may enter a folder that is created for it; an existing one stays. */
    private static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, OwnerOnly.folder(folder));
            }
        } catch (FileAlreadyExistsException other) {
            // Another process created it meanwhile.
            if (!Files.isDirectory(folder)) {
                throw noFolder(folder);
            }
        } catch (IOException e) {
            throw noFolder(folder);
        }
    }

    private static DatabaseFault noFolder(Path folder) {
        return new DatabaseFault(
                "The folder %s of the database cannot be made. Create it for this user, or change database.url."
                        .formatted(folder),
                true);
    }
}
