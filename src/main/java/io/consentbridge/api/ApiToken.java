package io.consentbridge.api;

import io.consentbridge.store.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The address where a runtime listens and the secret that it requires: the file {@code api-token} in the data folder,
 * readable by its owner only. Where several runtimes share a folder, each has a file of its own. A user who may read the
 * database may use the API, and no other user may.
 *
 * @param host the host on which it listens
 * @param port the port on which it listens
 * @param token the secret; {@link #toString()} does not show it
 */
public record ApiToken(String host, int port, String token) {

    /** The name of the file in the data folder; the file of a further runtime in the folder has its port appended. */
    public static final String FILE = "api-token";

    private static final String SCHEME = "Bearer ";

    /** Returns a new random token of 256 bits. */
    public static ApiToken fresh(String host, int port) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new ApiToken(host, port, HexFormat.of().formatHex(secret));
    }

    /**
     * Returns the tokens in this data folder, the first runtime's first; files that cannot be read are left out. Whether
     * those runtimes are still alive is not checked here.
     */
    public static List<ApiToken> read(Path dataFolder) {
        try (Stream<Path> files = Files.list(dataFolder)) {
            return files.filter(file -> file.getFileName().toString().matches(FILE + "(-\\d+)?"))
                    .sorted()
                    .flatMap(file -> of(file).stream())
                    .toList();
        } catch (IOException | UncheckedIOException none) {
            return List.of();
        }
    }

    private static Optional<ApiToken> of(Path file) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(file), ApiToken.class))
                    .filter(found -> found.host != null && found.token != null);
        } catch (IOException absentOrUnreadable) {
            return Optional.empty();
        }
    }

    /**
     * Writes the file completely or not at all, and removes those of runtimes that are no longer alive; creates the folder
     * when it is missing.
     *
     * @param lives whether the runtime that wrote a file is still alive
     * @throws IOException when the folder cannot be written
     */
    void write(Path dataFolder, Predicate<ApiToken> lives) throws IOException {
        Files.createDirectories(dataFolder);
        removeLeft(dataFolder, other -> isAnother(other) && lives.test(other));
        Path draft =
                dataFolder.resolve("." + FILE + "." + ProcessHandle.current().pid() + "." + port);
        Files.deleteIfExists(draft);
        try {
            Files.createFile(draft, OwnerOnly.file(dataFolder));
            Files.writeString(draft, Json.MAPPER.writeValueAsString(this));
            Path usual = dataFolder.resolve(FILE);
            boolean free = Files.exists(usual)
                    ? of(usual)
                            .filter(other -> isAnother(other) && lives.test(other))
                            .isEmpty()
                    : take(usual, draft);
            Files.move(draft, free ? usual : dataFolder.resolve(FILE + "-" + port), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private boolean isAnother(ApiToken other) {
        return other.port != port || !other.host.equals(host);
    }

    /** Creates the file under its usual name; of runtimes that start at the same time, only one succeeds. */
    private static boolean take(Path usual, Path draft) throws IOException {
        try {
            Files.createLink(usual, draft);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // Some file systems have no links; the first runtime to look then takes the name.
            return !Files.exists(usual);
        }
    }

    /** Returns the file in the folder that holds this token. */
    Path file(Path dataFolder) {
        return names().map(dataFolder::resolve)
                .filter(file -> of(file).filter(this::equals).isPresent())
                .findFirst()
                .orElse(dataFolder.resolve(FILE));
    }

    private Stream<String> names() {
        return Stream.of(FILE, FILE + "-" + port);
    }

    /** Removes the files of runtimes that were killed; the file of a further runtime would otherwise stay for ever. */
    private static void removeLeft(Path dataFolder, Predicate<ApiToken> lives) throws IOException {
        for (ApiToken left : read(dataFolder)) {
            if (!lives.test(left)) {
                left.remove(dataFolder);
            }
        }
    }

    /** Removes the file if it still holds this token; files of other runtimes stay. */
    public void remove(Path dataFolder) throws IOException {
        for (String name : names().toList()) {
            if (of(dataFolder.resolve(name)).filter(this::equals).isPresent()) {
                Files.deleteIfExists(dataFolder.resolve(name));
            }
        }
    }

    /**
     * Returns whether a request with this {@code Authorization} header may pass; takes equally long for any wrong value.
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

    /** Returns the {@code Authorization} header that a request must carry. */
    String header() {
        return SCHEME + token;
    }

    @Override
    public String toString() {
        return "token of the API on " + host + ":" + port;
    }
}
