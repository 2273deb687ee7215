package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.ConsentTrial;
import io.consentbridge.api.ConsentTried;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PersonOrder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An operator tries how Campaigns asks through a list with a public sign-up form, with an address of their own. */
class ListTrialIT {

    private static final String OPERATOR = "operator@example.org";
    private static final String GROUND =
            "ground: {accepted: {by: Jane Doe, on: \"2026-11-01\", because: they asked at the fair}}";

    private static Bridge bridge;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {
            for (String name : new String[] {"tried", "closed", "unserved"}) {
                files.purpose(
                        name,
                        "lawfulBasis: consent",
                        "confirmation: {via: zoho, list: " + name + " requests, " + GROUND + "}");
            }
            files.sync("tried", "Leads", "consent: required")
                    .sync("closed", "Leads", "consent: required")
                    .purpose("silent", "lawfulBasis: consent");
        });
        bridge.zoho().publicList("tried requests");
        bridge.zoho().list("closed requests");
    }

    @AfterAll
    static void close() {
        bridge.close();
    }

    private static ConsentTried tryOut(String purpose, String address) {
        return bridge.operations().tryConsent(new ConsentTrial(purpose, address));
    }

    private static String told() {
        return bridge.operations().check().checked().stream()
                .filter(line -> line.startsWith("purpose tried asks"))
                .findFirst()
                .orElse("");
    }

    @Test
    @DisplayName("Campaigns asks the operator's address only; check tells whether and when the trial succeeded")
    void trial() {
        assertThat(told())
                .isEqualTo("purpose tried asks by the list \"tried requests\"; it was not tried with its wording."
                        + " Try it with: consentbridge consent try tried --to ADDRESS");

        assertThat(tryOut("tried", OPERATOR).list()).isEqualTo("tried requests");

        assertThat(bridge.zoho().statuses("tried requests")).isEqualTo(Map.of(OPERATOR, "pending"));
        assertThat(told()).contains("no address of a trial has confirmed within a week");
        bridge.zoho().happens("confirm", "tried requests", OPERATOR);
        assertThat(told()).contains("a trial succeeded: the address that was asked at 20");
        assertThat(bridge.zoho().statuses("tried")).isEmpty();
        assertThat(bridge.operations().confirmations()).isEmpty();
        long stored = bridge.runtime()
                .database()
                .query(handle -> handle.createQuery("select count(*) from person where address = :address")
                        .bind("address", OPERATOR)
                        .mapTo(Long.class)
                        .one());
        assertThat(stored).as("people with that address").isZero();
        assertThatThrownBy(() -> tryOut("tried", OPERATOR))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("already");
    }

    @Test
    @DisplayName("A trial is refused where Campaigns would ask nobody, or somebody who must not be mailed")
    void refused() {
        assertThatThrownBy(() -> tryOut("closed", "a@example.org"))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("public sign-up form");
        assertThatThrownBy(() -> tryOut("unserved", "a@example.org"))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("no sync");
        assertThatThrownBy(() -> tryOut("silent", "a@example.org"))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("asks nobody");
        bridge.operations().suppress(new PersonOrder("gone@example.org", null, "by letter"));
        assertThatThrownBy(() -> tryOut("tried", "gone@example.org"))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("must not be mailed");

        assertThat(bridge.zoho().statuses("tried requests")).doesNotContainKeys("a@example.org", "gone@example.org");
        assertThat(bridge.zoho().statuses("closed requests")).isEmpty();
    }

    @Test
    @DisplayName("A trial whose call fails counts nowhere, and the failure is told")
    void fails() {
        bridge.zoho().fault(Map.of("method", "json/listsubscribe", "kind", "status", "status", 503, "times", 0));
        try {
            assertThatThrownBy(() -> tryOut("tried", "late@example.org"))
                    .isInstanceOf(OperationFailure.OutOfReach.class)
                    .hasMessageContaining("503");
        } finally {
            bridge.zoho().noFaults();
        }
        assertThat(bridge.zoho().statuses("tried requests")).doesNotContainKey("late@example.org");
    }
}
