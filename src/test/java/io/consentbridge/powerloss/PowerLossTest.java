package io.consentbridge.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power loss may take and what not, on records of a few calls. */
class PowerLossTest {

    private static final int TRIES = 200;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("What was synced in a synced folder is there whatever else is lost; what was not may be there or not")
    void syncedIsThere() throws Exception {
        Set<String> disks = disks("""
                1 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0644) = 3</d/a>
                1 pwrite64(3</d/a>, "one", 3, 0) = 3
                1 fsync(3</d/a>) = 0
                1 fsync(4</d>) = 0
                1 pwrite64(3</d/a>, "two", 3, 3) = 3
                """);

        assertThat(disks).containsExactlyInAnyOrder("a=one", "a=onetwo");
    }

    @Test
    @DisplayName("A sync says nothing of what is written while it runs")
    void writtenDuringSync() throws Exception {
        Set<String> disks = disks("""
                1 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0644) = 3</d/a>
                1 fsync(4</d>) = 0
                1 pwrite64(3</d/a>, "one", 3, 0) = 3
                1 fdatasync(3</d/a> <unfinished ...>
                2 pwrite64(3</d/a>, "two", 3, 0) = 3
                1 <... fdatasync resumed>) = 0
                """);

        assertThat(disks).containsExactlyInAnyOrder("a=one", "a=two");
    }

    @Test
    @DisplayName(
            "Names that were created, removed or changed need a sync of the folder; a renamed file is under one of both")
    void names() throws Exception {
        Set<String> disks = disks("""
                1 openat(AT_FDCWD</>, "/d/old", O_RDWR|O_CREAT, 0644) = 3</d/old>
                1 openat(AT_FDCWD</>, "/d/gone", O_RDWR|O_CREAT, 0644) = 5</d/gone>
                1 fsync(4</d>) = 0
                1 rename("/d/old", "/d/new") = 0
                1 unlink("/d/gone") = 0
                """);

        assertThat(disks).containsExactlyInAnyOrder("gone= old=", "gone= new=", "old=", "new=");
    }

    @Test
    @DisplayName("A write may be torn between sectors, and never within one")
    void torn() throws Exception {
        Set<String> disks = disks("""
                1 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0644) = 3</d/a>
                1 fsync(4</d>) = 0
                1 pwrite64(3</d/a>, "%s", 1000, 100) = 1000
                """.formatted("x".repeat(1_000)));

        Set<String> cut = new TreeSet<>();
        disks.forEach(disk -> cut.add(disk.replaceAll("x+", "x").replaceAll("\0+", "0")));
        assertThat(cut).containsExactlyInAnyOrder("a=", "a=0x", "a=0x0x");
        disks.forEach(disk -> assertThat(disk.replace("a=", "").length() % 512).isIn(0, 1_100 % 512));
    }

    @Test
    @DisplayName("The same seed leaves the same disk")
    void seeded() throws Exception {
        RecordedWrites recorded = recorded("""
                1 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0644) = 3</d/a>
                1 pwrite64(3</d/a>, "%s", 5000, 0) = 5000
                """.formatted("x".repeat(5_000)));

        for (int seed = 0; seed < 20; seed++) {
            assertThat(disk(recorded, seed, "first")).isEqualTo(disk(recorded, seed, "second"));
        }
    }

    @Test
    @DisplayName("A change of a file that cannot be replayed is refused, not overlooked")
    void unknownCalls() {
        for (String call : Arrays.asList(
                "1 openat(AT_FDCWD</>, \"/d/a\", O_WRONLY|O_CREAT|O_APPEND, 0644) = 3</d/a>\n1 write(3</d/a>, \"one\", 3) = 3",
                "1 pwritev(3</d/a>, [{iov_base=\"one\", iov_len=3}], 1, 0) = 3",
                "1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3</d/a>, 0) = 0x7efd")) {
            assertThatThrownBy(() -> recorded(call)).as(call).hasMessageContaining("cannot replay");
        }
    }

    private Set<String> disks(String calls) throws IOException {
        RecordedWrites recorded = recorded(calls);
        Set<String> disks = new HashSet<>();
        for (int seed = 0; seed < TRIES; seed++) {
            disks.add(disk(recorded, seed, "try"));
        }
        return disks;
    }

    private String disk(RecordedWrites recorded, long seed, String kind) throws IOException {
        Path disk = Files.createDirectory(folder.resolve(kind + seed));
        PowerLoss.replay(recorded, recorded.events().size(), seed, disk);
        Set<String> said = new TreeSet<>();
        for (String name : disk.toFile().list()) {
            said.add(name + "=" + Files.readString(disk.resolve(name)));
        }
        return String.join(" ", said);
    }

    /** Paths and strings are written in hexadecimal, as strace is told to. */
    private static RecordedWrites recorded(String calls) throws IOException {
        String hexadecimal = Pattern.compile("(?<=\")[^\"<>,()]+(?=\")|(?<=<)/[^>]*(?=>)")
                .matcher(calls)
                .replaceAll(text -> Pattern.compile(".")
                        .matcher(text.group())
                        .replaceAll(one ->
                                "\\\\\\\\x%02x".formatted((int) one.group().charAt(0))));
        return RecordedWrites.read(
                new BufferedReader(new StringReader(hexadecimal)), Path.of("/d"), Path.of("/d.marks"));
    }
}
