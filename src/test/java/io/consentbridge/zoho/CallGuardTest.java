package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallGuardTest {

    private static final URI ZOHO = URI.create("http://localhost");
    private static final Connection MAIN = new Connection("main", ZOHO, ZOHO, ZOHO, "c", "s", "r", ZoneOffset.UTC);

    @Test
    @DisplayName("A preview lets only reading calls leave, including CRM queries, for any route")
    void onlyReading() {
        assertThatCode(() -> {
                    CallGuard.READING.check(MAIN, Api.CRM, "coql", "POST");
                    CallGuard.READING.check(MAIN, Api.CRM, "record", "GET");
                    CallGuard.READING.check(MAIN, Api.CAMPAIGNS, "getlistsubscribers", "GET");
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CallGuard.READING.check(MAIN, Api.CAMPAIGNS, "json/listsubscribe", "POST"))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessage("main: a preview only reads, so json/listsubscribe is not called");
        assertThatThrownBy(() -> CallGuard.READING.check(MAIN, Api.CRM, "record", "PUT"))
                .isInstanceOf(ZohoFault.Rejected.class);
    }
}
