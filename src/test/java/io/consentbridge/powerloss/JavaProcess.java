package io.consentbridge.powerloss;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How a main class of the tests is run in a process of its own. */
final class JavaProcess {

    private JavaProcess() {}

    static List<String> command(Class<?> main, Stream<String> arguments) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path")
                                        + File.pathSeparator
                                        + System.getProperty("surefire.test.class.path", ""),
                                main.getName()),
                        arguments)
                .toList();
    }
}
