package io.consentbridge.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The files that a machine leaves that lost its power at one point of a record.
 *
 * <p>A file has everything that was written before its last sync began. Of what was written later a random part is there:
 * all, nothing, some writes, or some sectors of a write, in any order; of each file and of the names in the folder another
 * part, since a disk writes them when it likes. A sector is written whole or not at all, and no write changes bytes beside its
 * own; SQLite relies on both (its "powersafe overwrite").
 */
public final class PowerLoss {

    private static final int SECTOR = 512;
    private static final double[] SHARES = {0, 0.3, 0.9, 1};

    private final SplittableRandom random;
    private final Map<Integer, Disk> files = new TreeMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private final List<Pending> renaming = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();

    /** An event that no sync covers yet. */
    private record Pending(int number, DiskEvent event) {}

    /** What is on the disk of one file, and what may be. */
    private static final class Disk {
        private byte[] content = {};
        private final List<Pending> pending = new ArrayList<>();

        void write(long at, byte[] bytes, int from, int to) {
            int end = Math.toIntExact(at) + to;
            if (end > content.length) {
                content = Arrays.copyOf(content, end);
            }
            System.arraycopy(bytes, from, content, Math.toIntExact(at) + from, to - from);
        }

        void apply(DiskEvent event) {
            if (event instanceof DiskEvent.Write write) {
                write(write.at(), write.bytes(), 0, write.bytes().length);
            } else if (event instanceof DiskEvent.Resize resize) {
                content = Arrays.copyOf(content, Math.toIntExact(resize.size()));
            }
        }

        void sync(int begun) {
            pending.stream().filter(one -> one.number() < begun).forEach(one -> apply(one.event()));
            pending.removeIf(one -> one.number() < begun);
        }
    }

    private PowerLoss(long seed) {
        // Unlike Random it differs from its first number on for seeds that lie side by side.
        random = new SplittableRandom(seed);
    }

    /**
     * Writes the files as they are when the power is gone after so many events.
     *
     * @param seed decides what of the rest is there
     * @param into an empty folder
     * @return the marks that were set before
     */
    public static List<String> replay(RecordedWrites recorded, int point, long seed, Path into) throws IOException {
        PowerLoss loss = new PowerLoss(seed);
        loss.play(recorded.events().subList(0, point));
        loss.losePower();
        loss.write(into);
        return loss.marks;
    }

    /** Writes the files as they are when all has happened and nothing is lost. */
    static void replayWhole(RecordedWrites recorded, Path into) throws IOException {
        PowerLoss none = new PowerLoss(0);
        none.play(recorded.events());
        none.renaming.forEach(one -> none.rename(one.event()));
        none.files.values().forEach(file -> file.sync(recorded.events().size()));
        none.write(into);
    }

    private void play(List<DiskEvent> events) {
        for (int number = 0; number < events.size(); number++) {
            happened(number, events.get(number));
        }
    }

    private void write(Path into) throws IOException {
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            Files.write(into.resolve(name.getKey()), file(name.getValue()).content);
        }
    }

    /**
     * Moments at which power may be lost, in order: half of them just after a mark, which is when most is promised and least
     * may be on the disk, and the others anywhere.
     */
    public static SortedSet<Integer> points(RecordedWrites recorded, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> marked = IntStream.rangeClosed(1, recorded.events().size())
                .filter(point -> recorded.events().get(point - 1) instanceof DiskEvent.Mark)
                .boxed()
                .toList();
        SortedSet<Integer> points = new TreeSet<>();
        for (int turn = 0; turn < count; turn++) {
            points.add(
                    turn % 2 == 0 && !marked.isEmpty()
                            ? marked.get(random.nextInt(marked.size()))
                            : random.nextInt(recorded.events().size() + 1));
        }
        return points;
    }

    private Disk file(int number) {
        return files.computeIfAbsent(number, absent -> new Disk());
    }

    private void happened(int number, DiskEvent event) {
        if (event instanceof DiskEvent.Write write) {
            file(write.file()).pending.add(new Pending(number, event));
        } else if (event instanceof DiskEvent.Resize resize) {
            file(resize.file()).pending.add(new Pending(number, event));
        } else if (event instanceof DiskEvent.Sync sync) {
            file(sync.file()).sync(sync.begun());
        } else if (event instanceof DiskEvent.FolderSync sync) {
            renaming.stream().filter(one -> one.number() < sync.begun()).forEach(one -> rename(one.event()));
            renaming.removeIf(one -> one.number() < sync.begun());
        } else if (event instanceof DiskEvent.Mark mark) {
            marks.add(mark.text());
        } else {
            renaming.add(new Pending(number, event));
        }
    }

    private void rename(DiskEvent event) {
        if (event instanceof DiskEvent.Created created) {
            names.put(created.name(), created.file());
        } else if (event instanceof DiskEvent.Removed removed) {
            names.remove(removed.name());
        } else if (event instanceof DiskEvent.Renamed renamed && names.containsKey(renamed.from())) {
            names.put(renamed.to(), names.remove(renamed.from()));
        }
    }

    private void losePower() {
        double share = share();
        renaming.stream().filter(one -> random.nextDouble() < share).forEach(one -> rename(one.event()));
        files.values().forEach(this::losePower);
    }

    private void losePower(Disk disk) {
        double share = share();
        for (Pending one : disk.pending) {
            if (random.nextDouble() < share) {
                disk.apply(one.event());
            } else if (share > 0 && one.event() instanceof DiskEvent.Write write && random.nextBoolean()) {
                tear(disk, write);
            }
        }
    }

    /** Writes some of its sectors. */
    private void tear(Disk disk, DiskEvent.Write write) {
        int length = write.bytes().length;
        for (int from = 0; from < length; ) {
            int to = Math.toIntExact(Math.min(length, from + SECTOR - (write.at() + from) % SECTOR));
            if (random.nextBoolean()) {
                disk.write(write.at(), write.bytes(), from, to);
            }
            from = to;
        }
    }

    private double share() {
        return SHARES[random.nextInt(SHARES.length)];
    }
}
