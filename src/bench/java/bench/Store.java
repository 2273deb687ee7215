package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A database of the product.
 *
 * @param url its JDBC URL
 * @param user empty for the embedded one
 * @param password empty for the embedded one
 */
record Store(String url, String user, String password) {

    /** The folder of the embedded database in the URL of the setting, whichever engine that names. */
    private static final String FOLDER = "data/";

    /** The embedded database as the product has it by default, in a folder of its own. */
    static Store embedded(Home home, Path folder) throws IOException {
        String url = home.setting("database.url");
        if (!url.contains(FOLDER)) {
            throw new IllegalStateException("database.url is " + url + ", which is not in " + FOLDER);
        }
        return new Store(url.replace(FOLDER, folder + "/"), "", "");
    }

    Map<String, String> environment() {
        return Map.of("DATABASE_URL", url, "DATABASE_USER", user, "DATABASE_PASSWORD", password);
    }

    /** The bytes of everything in a folder. */
    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
