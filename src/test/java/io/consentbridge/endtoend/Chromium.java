package io.consentbridge.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of the machine, steered by Playwright. Nothing is downloaded. */
final class Chromium implements AutoCloseable {

    private static final String DRIVER_SETTING = "playwright.cli.dir";
    private static final Path DRIVER = Path.of("src/test/page/node_modules").toAbsolutePath();

    private final Path folder;
    private final Playwright playwright;
    private final Browser browser;
    private Browser largeText;

    private Chromium(Path folder, Playwright playwright) {
        this.folder = folder;
        this.playwright = playwright;
        this.browser = launch(List.of());
    }

    private Browser launch(List<String> settings) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program("chromium").orElseThrow())
                        .setArgs(settings));
    }

    /** Skips the test, with the reason as a sentence, where no browser can be steered. */
    static void assumePossible() {
        Optional<String> absence = absence();
        assumeTrue(absence.isEmpty(), absence.orElse(""));
    }

    private static Optional<String> absence() {
        String untested = "The page is not tested in a browser: ";
        if (program("chromium").isEmpty()) {
            return Optional.of(untested + "chromium is not installed.");
        } else if (program("node").isEmpty()) {
            return Optional.of(untested + "Node.js is not installed.");
        }
        return Files.exists(DRIVER.resolve("package/cli.js"))
                ? Optional.empty()
                : Optional.of(untested + "its driver is missing; install it with npm --prefix src/test/page ci");
    }

    static Chromium start() {
        try {
            // Chromium opens a socket in it, whose path may have 108 characters: target/test-folders can be too deep.
            Path folder = Files.createTempDirectory("chromium");
            System.setProperty(DRIVER_SETTING, DRIVER.toString());
            Map<String, String> environment = Map.of(
                    "PLAYWRIGHT_NODEJS_PATH",
                    program("node").orElseThrow().toString(),
                    "TMPDIR",
                    folder.toString(),
                    "HOME",
                    folder.toString());
            return new Chromium(folder, Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser browser() {
        return browser;
    }

    /** The same of a person who lets all text be twice as large as usual. */
    Browser largeText() {
        if (largeText == null) {
            largeText = launch(List.of("--blink-settings=defaultFontSize=32"));
        }
        return largeText;
    }

    @Override
    public void close() {
        playwright.close();
        System.clearProperty(DRIVER_SETTING);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
