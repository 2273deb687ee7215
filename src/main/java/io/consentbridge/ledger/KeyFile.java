package io.consentbridge.ledger;

import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.DurableFiles;
import io.consentbridge.store.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A file with a key in hexadecimal, which only its owner can read.
 *
 * @param path the file, which need not exist
 */
record KeyFile(Path path) {

    /**
     * The key in the file; empty if there is no file.
     *
     * @throws LedgerFault if the file cannot be read
     */
    Optional<SealingKey> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SealingKey.of(HexFormat.of().parseHex(Files.readString(path).strip())));
        } catch (IOException | RuntimeException unusable) {
            throw new LedgerFault("The key file " + path
                    + " cannot be read, or holds no key of 32 bytes in hexadecimal." + " Restore it from its copy.");
        }
    }

    /** The key in the file; a file that is not there is written with this one, whole or not at all. */
    SealingKey readOrWrite(SealingKey fresh) {
        Optional<SealingKey> there = read();
        if (there.isPresent()) {
            return there.get();
        }
        try {
            write(fresh);
            return fresh;
        } catch (FileAlreadyExistsException another) {
            return read().orElse(fresh);
        } catch (IOException unwritable) {
            throw new LedgerFault("The key file " + path + " cannot be written. Let this user write there, or set"
                    + " LEDGER_MASTER_KEY to 32 random bytes in hexadecimal.");
        }
    }

    private void write(SealingKey key) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = folder.resolve(path.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel file = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(folder))) {
                String text = HexFormat.of().formatHex(key.bytes()) + "\n";
                file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                file.force(true);
            }
            name(draft);
            // The database that needs this key is committed after it.
            DurableFiles.syncFolder(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Gives the file its name, unless there is one of that name. */
    private void name(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException another) {
            throw another;
        } catch (IOException | UnsupportedOperationException withoutLinks) {
            Files.move(draft, path);
        }
    }

    /** Replaces another file by this one. */
    void moveTo(KeyFile other) {
        try {
            Files.move(path, other.path, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncFolder(other.path.toAbsolutePath().getParent());
        } catch (IOException stays) {
            throw new LedgerFault("The key file " + path + " cannot replace " + other.path + ". Rename it by hand.");
        }
    }

    /** Deletes the file if it holds that key. */
    void delete(SealingKey key) {
        try {
            if (read().filter(key::equals).isPresent()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            throw new LedgerFault("The key file " + path + " is not that of this database. Delete it.");
        }
    }
}
