package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnreachedTest {

    @Test
    @DisplayName("A call costs nothing only if no connection was made: one that breaks later may have arrived")
    void nothingSent() {
        assertThat(Stream.of(
                        new ConnectException("refused"),
                        new UnknownHostException("crm.invalid"),
                        new ConnectTimeoutException("no answer"),
                        new IOException(new ConnectException("refused"))))
                .allMatch(Unreached::nothingSent);
        assertThat(Stream.of(
                        new SocketException("Connection reset"),
                        new SocketTimeoutException("Read timed out"),
                        new EOFException(),
                        new IOException("Stream closed")))
                .noneMatch(Unreached::nothingSent);
    }
}
