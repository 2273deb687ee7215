package io.consentbridge.zoho;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Signs, counts and guards every call to the CRM and to Campaigns; bound as {@code zohoCalls}, which the HTTP endpoints of
 * the routes name as their {@code httpClientConfigurer}. No message contains a token.
 *
 * <p>After a 401 the call is repeated once with another token. A failed connection, a truncated reply, a reply that takes
 * too long and one that is too large become {@link ZohoFault.Transient} here and nowhere else.
 */
public final class ZohoCalls implements HttpClientConfigurer {

    private static final String SCHEME = "Zoho-oauthtoken ";

    private final Connections connections;
    private final AccessTokens tokens;
    private final CallCounter counter;
    private final CallGuard guard;
    private final WriteGuard writes;
    private final CallLimits limits;
    private final CallStop stop;
    private final CallDeadlines deadlines;

    public ZohoCalls(Connections connections, AccessTokens tokens, CallCounter counter) {
        this(connections, tokens, counter, CallGuard.NONE, WriteGuard.NONE, CallLimits.USUAL, new CallStop());
    }

    /**
     * @param guard asked before each call leaves
     * @param writes asked too, with the content of the call
     * @param limits how long a call may take, and how large its reply may be
     * @param stop whether calls may still begin
     */
    public ZohoCalls(
            Connections connections,
            AccessTokens tokens,
            CallCounter counter,
            CallGuard guard,
            WriteGuard writes,
            CallLimits limits,
            CallStop stop) {
        this.connections = connections;
        this.tokens = tokens;
        this.counter = counter;
        this.guard = guard;
        this.writes = writes;
        this.limits = limits;
        this.stop = stop;
        this.deadlines = new CallDeadlines(limits.deadline());
    }

    /** Switches off what would silently repeat a call or send the token to another host. */
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        limits.network().lead(builder);
        builder.setUserAgent("ConsentBridge")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("zoho-calls", this::send)
                // Beneath the interceptor that unpacks, so that this one sees packed bytes.
                .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "zoho-reply-size", this::limitPacked);
    }

    private ClassicHttpResponse limitPacked(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            if (entity.getContentLength() > limits.replyBytes()) {
                throw new LimitedStream.TooLarge();
            }
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public InputStream getContent() throws IOException {
                    return new LimitedStream(super.getContent(), limits.replyBytes());
                }
            });
        }
        return response;
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        Call call = takeCall(request);
        byte[] body = body(request);
        URI address = address(request);
        call.placed.leaves(request.getMethod(), address, name -> value(request, name), body);
        stop.check(call.connection, call.method);
        guard.check(call.connection, call.api, call.method, request.getMethod());
        writes.check(
                call.connection,
                request.getMethod(),
                address,
                body,
                call.placed.request().question());
        Header[] headers = request.getHeaders();
        AccessToken token = tokens.token(call.connection, call.runId);
        ClassicHttpResponse response = paid(call, token, request, scope, chain);
        // A missing scope is a 401 that no other token helps (docs/zoho-notes.md, "CRM: error codes").
        if (response.getCode() != HttpStatus.SC_UNAUTHORIZED || holds(response, Scopes.MISMATCH)) {
            return response;
        }
        Optional<AccessToken> another = tokens.replacement(call.connection, call.runId, token);
        if (another.isEmpty()) {
            return response;
        }
        request.setHeaders(headers); // Without those that the first try added.
        return paid(call, another.get(), request, scope, chain);
    }

    /** A call whose token is refused costs nothing (docs/zoho-notes.md, "CRM: writes"). */
    private ClassicHttpResponse paid(
            Call call, AccessToken token, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        call.payment().pay();
        ClassicHttpResponse response = send(call, token, request, scope, chain);
        if (response.getCode() == HttpStatus.SC_UNAUTHORIZED) {
            call.payment().takeBack();
        }
        return response;
    }

    private static URI address(ClassicHttpRequest request) {
        try {
            return request.getUri();
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException("a call has an address that is none", broken);
        }
    }

    /** The content that is sent; a stream, which a gateway may have made of it, is read here and replaced by its bytes. */
    private static byte[] body(ClassicHttpRequest request) throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return null;
        }
        byte[] body = EntityUtils.toByteArray(entity);
        if (!entity.isRepeatable()) {
            request.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        }
        return body;
    }

    private ClassicHttpResponse send(
            Call call, AccessToken token, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        request.setHeader(HttpHeaders.AUTHORIZATION, SCHEME + token.value());
        long start = System.nanoTime();
        String result = "unreachable";
        CallDeadline deadline = deadlines.begin(() -> abort(scope));
        stop.begins(deadline);
        try (deadline) {
            ClassicHttpResponse response = chain.proceed(request, scope);
            call.placed.heard(response.getCode(), value(response, HttpHeaders.DATE), readWhole(response));
            result = String.valueOf(response.getCode());
            return response;
        } catch (IOException | HttpException e) {
            throw failed(call, request, scope, deadline, e);
        } catch (RuntimeException e) {
            if (!deadline.passed()) {
                throw e;
            }
            // The client may be anywhere when its connection is closed, and not every part of it expects that.
            throw failed(call, request, scope, deadline, e);
        } finally {
            stop.ends(deadline);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            counter.count(call.runId, call.connection.name(), call.api, call.method, result, took);
        }
    }

    /** Ends the call at any stage: waiting for a connection, connecting, sending or reading. */
    private static void abort(ExecChain.Scope scope) {
        if (scope.originalRequest instanceof Cancellable waiting) {
            waiting.cancel();
        }
        if (scope.execRuntime instanceof Cancellable calling) {
            calling.cancel();
        }
    }

    private ZohoFault failed(
            Call call, ClassicHttpRequest request, ExecChain.Scope scope, CallDeadline deadline, Exception cause) {
        if (Unreached.nothingSent(cause)) {
            call.payment().takeBack();
        }
        // The rest of the reply is not read, so the connection serves no other call.
        scope.execRuntime.discardEndpoint();
        String host = request.getAuthority().getHostName();
        String name = call.connection.name();
        if (deadline.passed() && stop.isStopped()) {
            return new ZohoFault.Transient(
                    name + ": the call of " + call.method + " was cancelled, because this process is ending", cause);
        }
        if (deadline.passed()) {
            return new ZohoFault.Transient(
                    name + ": no complete reply from Zoho at " + host + " to " + call.method + " within "
                            + limits.deadlineText() + " (calls.deadline)",
                    cause);
        }
        if (cause instanceof LimitedStream.TooLarge) {
            return new ZohoFault.Transient(
                    name + ": Zoho at " + host + " answers " + call.method + " with more than " + limits.replyText()
                            + ", the most that is read (calls.largest-reply)",
                    cause);
        }
        return new ZohoFault.Transient(
                Unreached.text(name, "Zoho at " + host + " to " + call.method, host, limits.network(), cause), cause);
    }

    /** Reads the reply during the call: a truncated body is a failed call, and the connection is released. */
    private byte[] readWhole(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        // Not closed after a failure: closing would read the rest of it.
        InputStream content = entity.getContent();
        // Without the length, a reply of a hundred bytes would be read into a buffer of many kilobytes.
        long length = entity.getContentLength();
        int most = length < 0 ? Integer.MAX_VALUE : (int) Math.min(length, Integer.MAX_VALUE);
        byte[] body = new LimitedStream(content, limits.replyBytes()).readNBytes(most);
        content.close();
        // The type of the content stays a header of the response.
        response.setEntity(new ByteArrayEntity(body, null));
        return body;
    }

    private static boolean holds(ClassicHttpResponse response, String word) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity != null && new String(EntityUtils.toByteArray(entity), StandardCharsets.UTF_8).contains(word);
    }

    private Call takeCall(ClassicHttpRequest request) {
        PlacedCall placed = PlacedCall.numbered(value(request, PlacedCall.HEADER));
        request.removeHeaders(PlacedCall.HEADER);
        ZohoRequest said = placed.request();
        return new Call(placed, connections.named(said.connection()), said.runId(), said.api(), said.method());
    }

    private static String value(MessageHeaders message, String name) {
        Header header = message.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private record Call(PlacedCall placed, Connection connection, String runId, Api api, String method) {

        Payment payment() {
            return placed.request().question() instanceof Paid paid ? paid.payment() : Payment.NONE;
        }
    }
}
