package io.consentbridge.zoho;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Signs, counts and guards every call to the CRM and to Campaigns; bound as {@code zohoCalls}, which the HTTP endpoints
 * of the routes name as their {@code httpClientConfigurer}. No token ever stands in a message.
 *
 * <p>A 401 is answered once by another token. A connection that fails, a reply that breaks off included, becomes
 * {@link ZohoFault.Transient} here and nowhere else.
 */
public final class ZohoCalls implements HttpClientConfigurer {

    private static final String SCHEME = "Zoho-oauthtoken ";

    /** A 401 that no other token mends (crm-api §2.4). */
    private static final String SCOPE_IS_MISSING = "OAUTH_SCOPE_MISMATCH";

    private final Connections connections;
    private final AccessTokens tokens;
    private final CallCounter counter;
    private final CallGuard guard;

    public ZohoCalls(Connections connections, AccessTokens tokens, CallCounter counter) {
        this(connections, tokens, counter, CallGuard.NONE);
    }

    /** @param guard asked before each call leaves */
    public ZohoCalls(Connections connections, AccessTokens tokens, CallCounter counter, CallGuard guard) {
        this.connections = connections;
        this.tokens = tokens;
        this.counter = counter;
        this.guard = guard;
    }

    /** Switches off what would repeat a call unseen or carry the token to another host. */
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent("ConsentBridge")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("zoho-calls", this::send);
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        Call call = takeCall(request);
        guard.check(call.connection, call.api, call.method, request.getMethod());
        Header[] headers = request.getHeaders();
        AccessToken token = tokens.token(call.connection, call.runId);
        ClassicHttpResponse response = send(call, token, request, scope, chain);
        if (response.getCode() != HttpStatus.SC_UNAUTHORIZED || holds(response, SCOPE_IS_MISSING)) {
            return response;
        }
        Optional<AccessToken> another = tokens.replacement(call.connection, call.runId, token);
        if (another.isEmpty()) {
            return response;
        }
        request.setHeaders(headers); // without those that the first sending added
        return send(call, another.get(), request, scope, chain);
    }

    private ClassicHttpResponse send(
            Call call, AccessToken token, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        request.setHeader(HttpHeaders.AUTHORIZATION, SCHEME + token.value());
        long start = System.nanoTime();
        String result = "unreachable";
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            readWhole(response);
            result = String.valueOf(response.getCode());
            return response;
        } catch (IOException | HttpException e) {
            throw new ZohoFault.Transient(
                    call.connection.name() + ": no reply from Zoho at "
                            + request.getAuthority().getHostName() + " to " + call.method + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            counter.count(call.runId, call.connection.name(), call.api, call.method, result, took);
        }
    }

    /** While the reply is still the call's: a body that breaks off is a failed call, and the connection is free again. */
    private static void readWhole(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            byte[] body = EntityUtils.toByteArray(entity);
            response.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        }
    }

    private static boolean holds(ClassicHttpResponse response, String word) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity != null && new String(EntityUtils.toByteArray(entity), StandardCharsets.UTF_8).contains(word);
    }

    private Call takeCall(ClassicHttpRequest request) {
        String[] call = take(request, ZohoRequest.CALL_HEADER).split(" ", 2);
        return new Call(
                connections.named(take(request, ZohoRequest.CONNECTION_HEADER)),
                take(request, ZohoRequest.RUN_HEADER),
                Api.valueOf(call[0]),
                call[1]);
    }

    private static String take(ClassicHttpRequest request, String name) {
        Header header = request.getFirstHeader(name);
        request.removeHeaders(name);
        return header == null ? null : header.getValue();
    }

    private record Call(Connection connection, String runId, Api api, String method) {}
}
