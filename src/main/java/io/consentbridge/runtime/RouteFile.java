package io.consentbridge.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A route file, known by its name.
 *
 * @param name its path below the folder that holds it, with {@code /} as separator
 * @param own the installation's own file of that name
 * @param shipped the file of that name that comes with the product
 */
public record RouteFile(String name, Optional<Path> own, Optional<Path> shipped) {

    /** Returns the file that is loaded: the installation's own where there is one. */
    public Path path() {
        return own.or(() -> shipped).orElseThrow();
    }

    /** Returns whether an own file replaces one that comes with the product. */
    public boolean replaces() {
        return own.isPresent() && shipped.isPresent();
    }
}
