package io.consentbridge.sandbox.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** The JDK's HTTP server on loopback with a fixed number of threads. */
public final class WebServer implements AutoCloseable {

    private static final int THREADS = 32;

    static {
        // The server's classes read this once: without it each reply waits for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Function<Request, Outcome> answer;

    private WebServer(HttpServer server, ExecutorService threads, Function<Request, Outcome> answer) {
        this.server = server;
        this.threads = threads;
        this.answer = answer;
    }

    /** Starts listening; port 0 takes any free port. */
    public static WebServer start(int port, Function<Request, Outcome> answer) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            HttpServer http = HttpServer.create(address, 1024);
            AtomicInteger number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "sandbox-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            WebServer started = new WebServer(http, threads, answer);
            http.setExecutor(threads);
            http.createContext("/", started::serve);
            http.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot listen on port " + port, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Request request = new Request(
                    exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery(), exchange.getRequestHeaders(), body);
            Outcome outcome = answer.apply(request);
            if (outcome instanceof Outcome.Answered answered) {
                send(exchange, answered.reply(), answered.reply().body().length);
            } else if (outcome instanceof Outcome.Truncated truncated) {
                send(exchange, truncated.reply(), truncated.reply().body().length / 2);
            } else if (outcome instanceof Outcome.Dripped dripped) {
                drip(exchange, dripped);
            } else if (outcome instanceof Outcome.Huge huge) {
                flood(exchange, huge);
            }
        }
    }

    private static void drip(HttpExchange exchange, Outcome.Dripped dripped) throws IOException {
        Reply reply = dripped.reply();
        exchange.getResponseHeaders().set("Content-Type", String.valueOf(reply.contentType()));
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        for (byte one : reply.body()) {
            try {
                Thread.sleep(dripped.pauseMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
        }
    }

    private static void flood(HttpExchange exchange, Outcome.Huge huge) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        if (huge.packed()) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, 0);
        byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream body =
                huge.packed() ? new GZIPOutputStream(exchange.getResponseBody()) : exchange.getResponseBody()) {
            body.write('{');
            for (long left = huge.bytes() - 2; left > 0; left -= blanks.length) {
                body.write(blanks, 0, (int) Math.min(left, blanks.length));
            }
            body.write('}');
        }
    }

    private static void send(HttpExchange exchange, Reply reply, int bytes) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (reply.contentType() != null) {
            headers.set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(headers::set);
        boolean bodiless =
                reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(reply.body(), 0, bytes);
        }
    }
}
