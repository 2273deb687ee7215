package io.consentbridge.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** Runs {@code Verify.java} of exports: as an auditor does, or compiled once, for many runs. */
final class VerifyProgram {

    private static final Path SOURCES = Path.of("src/main/resources/ledger-export");

    private final Method run;

    /**
     * @param name of the program, Verify or VerifyProofs
     * @param folder for its classes
     */
    VerifyProgram(String name, Path folder) throws Exception {
        String source = SOURCES.resolve(name + ".java").toString();
        int failures = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source);
        if (failures != 0) {
            throw new IllegalStateException(name + ".java does not compile");
        }
        URLClassLoader loader =
                new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()}, null);
        run = loader.loadClass(name).getDeclaredMethod("run", String[].class, PrintStream.class);
        run.setAccessible(true);
    }

    Result check(Path... arguments) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String[] texts = java.util.Arrays.stream(arguments).map(Path::toString).toArray(String[]::new);
        int status = (int) run.invoke(null, texts, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new Result(status, printed.toString(StandardCharsets.UTF_8));
    }

    record Result(int status, String printed) {}

    /** Runs a program and gives what it printed. */
    static Result process(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            return new Result(process.exitValue(), Files.readString(printed));
        } finally {
            Files.delete(printed);
        }
    }

    static boolean installed(String program, String version) {
        try {
            return process(List.of(program, version)).status() == 0;
        } catch (IOException | InterruptedException missing) {
            return false;
        }
    }
}
