package io.consentbridge.zoho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The network path to the three hosts of a connection (accounts, CRM and Campaigns), to privacy notices, and to a URL that
 * gets checkpoints.
 *
 * @param proxy the proxy, used for every host but those on this machine; empty for none
 * @param trust the trusted certificates; empty for those that Java trusts
 */
public record Network(Optional<InetSocketAddress> proxy, Optional<SSLContext> trust) {

    /** Without a proxy, with the certificates that Java trusts. */
    public static final Network DIRECT = new Network(Optional.empty(), Optional.empty());

    /** Gives a client the proxy and the certificates, and returns it. */
    public HttpClient.Builder lead(HttpClient.Builder client) {
        trust.ifPresent(client::sslContext);
        proxy.ifPresent(address -> client.proxy(new Selector(address)));
        return client;
    }

    /** The certificates are not set here, since Camel makes the connection manager. */
    void lead(HttpClientBuilder client) {
        proxy.ifPresent(address -> client.setRoutePlanner(
                new DefaultProxyRoutePlanner(new HttpHost(address.getHostString(), address.getPort())) {
                    @Override
                    protected HttpHost determineProxy(HttpHost target, HttpContext context)
                            throws org.apache.hc.core5.http.HttpException {
                        return isHere(target.getHostName()) ? null : super.determineProxy(target, context);
                    }
                }));
    }

    /** The proxy for a host; empty for none. */
    Optional<InetSocketAddress> proxyTo(String host) {
        return proxy.filter(address -> !isHere(host));
    }

    /** The words " through the proxy host:port" for messages; empty text if the host is called without a proxy. */
    String through(String host) {
        return proxyTo(host)
                .map(address -> " through the proxy " + address.getHostString() + ":" + address.getPort())
                .orElse("");
    }

    private static boolean isHere(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        // Not resolved here: perhaps only the proxy can resolve it.
        boolean number = host.matches("[0-9.]+|.*:.*");
        try {
            return number && InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException none) {
            return false;
        }
    }

    private static final class Selector extends ProxySelector {

        private final InetSocketAddress address;

        Selector(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(
                    isHere(uri.getHost())
                            ? Proxy.NO_PROXY
                            : new Proxy(
                                    Proxy.Type.HTTP,
                                    new InetSocketAddress(address.getHostString(), address.getPort())));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
            // The call reports it.
        }
    }
}
