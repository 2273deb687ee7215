package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokenTest {

    @TempDir
    private Path data;

    private final ApiToken token = ApiToken.fresh("127.0.0.1", 8080);

    @Test
    @DisplayName("only the owner can read the token file, and the folder contains nothing else")
    void onlyTheOwnerReads() throws IOException {
        Path folder = data.resolve("new");
        token.write(folder, other -> false);

        Path file = folder.resolve(ApiToken.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(found -> found.equals(file));
        assertThat(ApiToken.read(folder)).contains(token);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    @DisplayName("an open file of a crashed runtime is replaced by one that only the owner reads")
    void replacesWhatACrashLeft() throws IOException {
        Files.writeString(data.resolve(ApiToken.FILE), "not even JSON");
        assertThat(ApiToken.read(data)).isEmpty();

        token.write(data, other -> false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(ApiToken.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("a runtime that ends removes its own file, and not that of the one that followed")
    void removesItsOwn() throws IOException {
        ApiToken follower = ApiToken.fresh("127.0.0.1", 8080);
        token.write(data, other -> false);
        follower.write(data, other -> true);

        token.remove(data);
        assertThat(ApiToken.read(data)).contains(follower);
        follower.remove(data);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    @DisplayName("only the exact token is accepted")
    void admits() {
        assertThat(token.admits("Bearer " + token.token())).isTrue();
        assertThat(token.admits("bearer " + token.token())).isTrue();
        assertThat(token.admits(null)).isFalse();
        assertThat(token.admits("")).isFalse();
        assertThat(token.admits("Bearer")).isFalse();
        assertThat(token.admits("Bearer " + token.token().substring(1))).isFalse();
        assertThat(token.admits("Basic " + token.token())).isFalse();
    }

    @Test
    @DisplayName("two tokens differ, and neither shows itself in a log")
    void secret() {
        assertThat(ApiToken.fresh("127.0.0.1", 8080).token()).isNotEqualTo(token.token());
        assertThat(token.toString()).doesNotContain(token.token());
    }

    @Test
    @DisplayName("the data folder lies beside the embedded database, and is data/ of the installation for PostgreSQL")
    void dataFolder() {
        Path home = Path.of("/srv/cb");
        assertThat(DataFolder.of("jdbc:sqlite:/var/lib/cb/consentbridge.db", home))
                .isEqualTo(Path.of("/var/lib/cb"));
        assertThat(DataFolder.of("jdbc:postgresql://host/name", home)).isEqualTo(home.resolve("data"));
        assertThat(DataFolder.of("", home)).isEqualTo(home.resolve("data"));
    }

    @Test
    @DisplayName("the next start removes the files of runtimes that no longer run")
    void leftByFurtherOnes() throws IOException {
        ApiToken second = ApiToken.fresh("127.0.0.1", 8081);
        token.write(data, other -> true);
        second.write(data, other -> true);
        ApiToken third = ApiToken.fresh("127.0.0.1", 8082);

        third.write(data, other -> false);

        assertThat(data.toFile().list()).containsExactly(ApiToken.FILE);
        assertThat(ApiToken.read(data)).containsExactly(third);
    }

    @Test
    @DisplayName("two runtimes of one folder have a file each, and each removes its own, whichever ends first")
    void twoRuntimes() throws IOException {
        ApiToken second = ApiToken.fresh("127.0.0.1", 8081);
        token.write(data, other -> true);
        second.write(data, other -> true);
        assertThat(ApiToken.read(data)).containsExactly(token, second);
        assertThat(token.file(data)).isEqualTo(data.resolve(ApiToken.FILE));
        assertThat(second.file(data)).isEqualTo(data.resolve("api-token-8081"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("api-token-8081"))))
                .isEqualTo("rw-------");

        token.remove(data);
        assertThat(ApiToken.read(data)).containsExactly(second);
        token.write(data, other -> true);
        second.remove(data);
        assertThat(ApiToken.read(data)).containsExactly(token);
    }

    @Test
    @DisplayName("Many runtimes that start in one folder at once have a file each")
    void startAtOnce() throws Exception {
        List<ApiToken> all = IntStream.range(0, 16)
                .mapToObj(i -> ApiToken.fresh("127.0.0.1", 8100 + i))
                .toList();
        CyclicBarrier together = new CyclicBarrier(all.size());
        ExecutorService starts = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<Void>> begun = new ArrayList<>();
            for (ApiToken one : all) {
                begun.add(starts.submit(() -> {
                    together.await();
                    one.write(data, other -> true);
                    return null;
                }));
            }
            for (Future<Void> each : begun) {
                each.get();
            }
        } finally {
            starts.shutdown();
        }

        assertThat(ApiToken.read(data)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(data.resolve(ApiToken.FILE)).exists();
        for (ApiToken one : all) {
            one.remove(data);
        }
        assertThat(data).isEmptyDirectory();
    }
}
