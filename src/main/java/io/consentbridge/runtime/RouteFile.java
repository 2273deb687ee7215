package io.consentbridge.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of routes by its name.
 *
 * @param name its path below the folder that holds it, with {@code /} between the parts
 * @param own the installation's own file of that name
 * @param shipped the file of that name that comes with the product
 */
public record RouteFile(String name, Optional<Path> own, Optional<Path> shipped) {

    /** Which file is loaded: the own one, where there is one. */
    public Path path() {
        return own.or(() -> shipped).orElseThrow();
    }

    /** Whether an own file stands in for one that comes with the product. */
    public boolean replaces() {
        return own.isPresent() && shipped.isPresent();
    }
}
