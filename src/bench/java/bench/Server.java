package bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process that works until the bench ends it. */
final class Server implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PAUSE = 10;

    private final Process process;
    private final Path errors;
    private final long begun = System.nanoTime();

    private Server(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static Server start(Path folder, String name, List<String> line, Map<String, String> environment)
            throws IOException {
        Path errors = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // for a bench that is interrupted
        return new Server(process, errors);
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /** Waits until the URL answers with 200, and returns the seconds since the start of the process. */
    double ready(String url) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        return ready(() -> {
            try {
                return HTTP.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Waits until the question is answered with yes, and returns the seconds since the start of the process. */
    double ready(Question question) throws InterruptedException {
        while (process.isAlive()) {
            if (question.answer()) {
                return (System.nanoTime() - begun) / 1e9;
            }
            Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("a process ended early; see " + errors);
    }

    /** Whether the process is ready. */
    interface Question {
        boolean answer() throws InterruptedException;
    }

    /** Seconds of processor time so far, user and system. */
    double cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Asks the process to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
