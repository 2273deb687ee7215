package io.consentbridge.confirmation.page;

import io.consentbridge.config.PageSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server of the public page: Vert.x on a port of its own, apart from the API. Sizes, times, connections and requests
 * under way are limited, because everybody can reach it.
 */
public final class PublicServer implements AutoCloseable {

    private static final int MOST_OF_A_LINE = 1_024;
    private static final int MOST_OF_HEADERS = 8_192;
    private static final int MOST_OF_A_BODY = 2_048;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_UNDER_WAY = 500;
    private static final int IDLE_SECONDS = 15;
    private static final long CONNECTION_MILLIS = 120_000;
    private static final int THREADS = 8;
    private static final int TO_OPEN_SECONDS = 10;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Vertx vertx;
    private final PublicPage page;
    private final PageSettings settings;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final HttpServer server;

    private PublicServer(Vertx vertx, PublicPage page, PageSettings settings) {
        this.vertx = vertx;
        this.page = page;
        this.settings = settings;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(MOST_OF_A_LINE)
                .setMaxHeaderSize(MOST_OF_HEADERS)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true));
    }

    /**
     * Starts to listen.
     *
     * @throws PublicServerFault when the port cannot be opened
     */
    public static PublicServer start(PageRequests requests, PageSettings settings, InstantSource clock) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setWorkerPoolSize(THREADS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        PublicServer started = new PublicServer(vertx, new PublicPage(requests, settings, clock), settings);
        try {
            started.server
                    .connectionHandler(started::admit)
                    .requestHandler(started::read)
                    .exceptionHandler(broken -> {})
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TO_OPEN_SECONDS, TimeUnit.SECONDS);
            return started;
        } catch (ExecutionException | TimeoutException failed) {
            started.close();
            String why = failed.getCause() == null
                    ? "it took too long"
                    : failed.getCause().getMessage();
            throw new PublicServerFault(
                    "The public page cannot listen on port " + settings.port() + " of " + settings.host() + " (" + why
                            + "). Stop the program that uses it, or choose another port with public.port",
                    failed);
        } catch (InterruptedException interrupted) {
            started.close();
            Thread.currentThread().interrupt();
            throw new PublicServerFault("The public page was interrupted while it was starting", interrupted);
        }
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Ends listening, and the requests under way. */
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(TO_OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException late) {
            // The process ends without it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(HttpConnection connection) {
        connections.incrementAndGet();
        long end = vertx.setTimer(CONNECTION_MILLIS, late -> connection.close());
        connection.closeHandler(closed -> {
            connections.decrementAndGet();
            vertx.cancelTimer(end);
        });
        if (connections.get() > MOST_CONNECTIONS) {
            connection.close();
        }
    }

    private void read(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.exceptionHandler(broken -> {});
        request.response().exceptionHandler(broken -> {});
        request.handler(part -> {
            if (body.length() <= MOST_OF_A_BODY) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(read -> {
            if (body.length() > MOST_OF_A_BODY) {
                send(request, PageReply.text(413, "The request is too large.\n"));
            } else if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
                underWay.decrementAndGet();
                send(request, PageReply.text(503, "Please try again later.\n").later());
            } else {
                reply(request, call(request, body));
            }
        });
    }

    private void reply(HttpServerRequest request, PageCall call) {
        vertx.executeBlocking(() -> page.reply(call), false).onComplete(done -> {
            underWay.decrementAndGet();
            send(request, done.succeeded() ? done.result() : PageReply.text(500, "Please try again later.\n"));
        });
    }

    private PageCall call(HttpServerRequest request, Buffer body) {
        String type = request.getHeader("Content-Type");
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
        return new PageCall(
                request.method().name(),
                request.path() == null ? "" : request.path(),
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress(),
                settings.trustedHeader()
                        .map(name -> String.join(",", request.headers().getAll(name)))
                        .orElse(null),
                request.getHeader("User-Agent"),
                request.getHeader("Accept-Language"),
                form ? form(body.toString(StandardCharsets.UTF_8)) : Map.of());
    }

    private static Map<String, List<String>> form(String body) {
        Map<String, List<String>> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static void send(HttpServerRequest request, PageReply reply) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        Buffer body = Buffer.buffer(reply.body());
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", reply.type());
        response.putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().name().equals("HEAD")) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
