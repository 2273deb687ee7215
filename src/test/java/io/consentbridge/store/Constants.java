package io.consentbridge.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that stand in compiled classes, with those that javac put together of several. */
final class Constants {

    private Constants() {}

    /**
     * The texts of each class below a folder; a sign of number 1 stands where a text gets something at run time.
     *
     * @param without what the names of the classes are without
     */
    static SortedMap<String, List<String>> below(Path folder, String without) throws IOException {
        SortedMap<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> {
                String name = folder.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                found.put(
                        name.substring(0, name.length() - ".class".length())
                                .replaceFirst("^" + Pattern.quote(without), ""),
                        of(file));
            });
        }
        return found;
    }

    /** By the class file format, section 4.4 of the Java Virtual Machine Specification. */
    private static List<String> of(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(bytes)) {
            in.skipNBytes(8);
            int end = in.readUnsignedShort();
            Map<Integer, String> texts = new HashMap<>();
            List<Integer> constants = new ArrayList<>();
            for (int entry = 1; entry < end; entry++) {
                switch (in.readUnsignedByte()) {
                    case 1 -> texts.put(entry, in.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        entry++;
                    }
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 8 -> constants.add(in.readUnsignedShort());
                    case 15 -> in.skipNBytes(3);
                    default -> throw new IllegalStateException(file + " has a constant of an unknown kind");
                }
            }
            return constants.stream().map(texts::get).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
