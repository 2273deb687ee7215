package io.consentbridge.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a runtime listens and the secret it wants to see: the file {@code api-token} in the data folder, readable by its
 * owner only. Whoever may read the database may thereby use the API, and nobody else.
 *
 * @param host where it listens
 * @param port where it listens
 * @param token the secret; {@link #toString()} does not show it
 */
public record ApiToken(String host, int port, String token) {

    /** Name of the file in the data folder. */
    public static final String FILE = "api-token";

    private static final String SCHEME = "Bearer ";

    /** A new random token of 256 bits. */
    public static ApiToken fresh(String host, int port) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new ApiToken(host, port, HexFormat.of().formatHex(secret));
    }

    /**
     * What the runtime of this data folder left, empty when there is no file or none that can be read. Whether that runtime
     * still lives is not known here.
     */
    public static Optional<ApiToken> read(Path dataFolder) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(dataFolder.resolve(FILE)), ApiToken.class))
                    .filter(found -> found.host != null && found.token != null);
        } catch (IOException absentOrUnreadable) {
            return Optional.empty();
        }
    }

    /**
     * Writes the file, whole or not at all, in the place of an older one; makes the folder when it is missing.
     *
     * @throws IOException when the folder cannot be written
     */
    public void write(Path dataFolder) throws IOException {
        Files.createDirectories(dataFolder);
        Path draft = dataFolder.resolve(FILE + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        try {
            Files.createFile(draft, ownerOnly(dataFolder));
            Files.writeString(draft, Json.MAPPER.writeValueAsString(this));
            Files.move(draft, dataFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Removes the file when it is still this one; a file that another runtime wrote meanwhile stays. */
    public void remove(Path dataFolder) throws IOException {
        if (read(dataFolder).filter(this::equals).isPresent()) {
            Files.deleteIfExists(dataFolder.resolve(FILE));
        }
    }

    /**
     * Whether a request with this {@code Authorization} header may pass; takes equally long whatever is wrong with it.
     *
     * @param authorization null when the request had none
     */
    boolean admits(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String given = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** What a request must carry as {@code Authorization}. */
    String header() {
        return SCHEME + token;
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    @Override
    public String toString() {
        return "token of the API on " + host + ":" + port;
    }
}
