package io.consentbridge.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restricts files with people or tokens to their owner, whatever the folder's permissions are. On file systems without such
 * permissions, as on Windows, those of the folder apply.
 */
public final class OwnerOnly {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /** The attributes with which a file is created in the folder. */
    public static FileAttribute<?>[] file(Path folder) {
        return rights(folder, "rw-------");
    }

    /** The attributes with which a folder is created, wherever it is. */
    public static FileAttribute<?>[] folder(Path folder) {
        return rights(folder, "rwx------");
    }

    private static FileAttribute<?>[] rights(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /** Removes the permissions of others from all files of a database, and logs if that is not possible. */
    static void restrict(Path database) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                database.getParent(),
                file -> file.getFileName()
                        .toString()
                        .startsWith(database.getFileName().toString()))) {
            for (Path file : files) {
                restrictFile(file);
            }
        } catch (IOException unreadable) {
            LOG.warn(
                    "The folder {} of the database cannot be listed, so other users may be able to read" + " it",
                    database.getParent());
        }
    }

    /** The file itself, those of SQLite after a hyphen, and copies after a dot. */
    private static boolean belongs(String file, String database) {
        return file.equals(database) || file.startsWith(database + "-") || file.startsWith(database + ".");
    }

    private static void restrictFile(Path file) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            if (rights.retainAll(OWNERS)) {
                Files.setPosixFilePermissions(file, rights);
            }
        } catch (UnsupportedOperationException noSuchRights) {
            LOG.debug("{} has the permissions of its folder", file);
        } catch (IOException refused) {
            LOG.warn(
                    "Other users may read {}, which holds personal data, and its permissions cannot be changed."
                            + " Change them",
                    file);
        }
    }
}
