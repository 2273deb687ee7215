package io.consentbridge.confirmation.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, , 203.0.113.7, 203.0.113.0/24, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, , 2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/48, 2001:db8:1:2:0:0:0:0",
        "127.0.0.1, '6.6.6.6, 198.51.100.9', 198.51.100.9, 198.51.100.0/24, 198.51.100.9",
        "127.0.0.1, '[2001:db8::1]:4711', 2001:db8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:0/48, 2001:db8:0:0:0:0:0:0",
        "127.0.0.1, 198.51.100.9:4711, 198.51.100.9, 198.51.100.0/24, 198.51.100.9",
        "127.0.0.1, evil.example.com, 127.0.0.1, 127.0.0.0/24, 127.0.0.1",
        "::ffff:203.0.113.7, , 203.0.113.7, 203.0.113.0/24, 203.0.113.7",
        "fe80::1%eth0, , fe80:0:0:0:0:0:0:1, fe80:0:0:0:0:0:0:0/48, fe80:0:0:0:0:0:0:0",
        "nothing, , 127.0.0.1, 127.0.0.0/24, 127.0.0.1"
    })
    @DisplayName("The address is the proxy's last entry or the peer; truncated it is a network; no name is looked up")
    void addresses(String peer, String header, String full, String truncated, String counted) {
        ClientAddress address = ClientAddress.of(peer, header);
        assertThat(address.full()).isEqualTo(full);
        assertThat(address.truncated()).isEqualTo(truncated);
        assertThat(address.counted()).isEqualTo(counted);
    }
}
