package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody leaves under several spellings while the quota allows one call at a time. */
class SpellingsWithinQuotaIT extends BridgeFixture {

    private static final String UNSUBSCRIBE = "json/listunsubscribe";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.set("QUOTA_JSON_LISTUNSUBSCRIBE", "1/1s")
                        .purpose("slow")
                        .sync("slow", "Leads"));
        bridge.complete("slow");
    }

    @Test
    @DisplayName("Each call waits for its quota, and no call is made twice")
    void oneAtATime() {
        bridge.zoho().happens("import", "slow", "anna@b\u00fccher.example");
        bridge.zoho().happens("import", "slow", "an\u200bna@b\u00fccher.example");
        bridge.complete("slow");
        bridge.zoho().create("Contacts", Bridge.fields("anna@b\u00fccher.example", Map.of("Email_Opt_Out", true)));
        bridge.zoho().forgetCalls();

        bridge.complete("slow");

        assertThat(bridge.zoho().calls(UNSUBSCRIBE)).isEqualTo(3);
        assertThat(bridge.zoho().statuses("slow"))
                .containsEntry("anna@b\u00fccher.example", "unsub")
                .containsEntry("an\u200bna@b\u00fccher.example", "unsub");
    }
}
