package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The fields by which people refuse mail. */
class RefusalFieldsTest {

    @Test
    @DisplayName(
            "Leads and contacts must have an address and both opt-out fields, and a lawful basis under privacy settings")
    void required() {
        for (String module : Set.of("Leads", "Contacts")) {
            assertThat(RefusalFields.required(module, false))
                    .containsExactlyInAnyOrder("Email", "Email_Opt_Out", "Unsubscribed_Time");
            assertThat(RefusalFields.required(module, true))
                    .containsExactlyInAnyOrder("Email", "Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis");
        }
    }

    @Test
    @DisplayName("A custom module needs none of them")
    void ownModules() {
        assertThat(RefusalFields.required("Guests", true)).isEmpty();
    }

    @Test
    @DisplayName("The address and the three refusal fields are not second addresses; any other field may be one")
    void isOne() {
        for (String field : Set.of("Email", "Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis")) {
            assertThat(RefusalFields.isOne(field)).as(field).isTrue();
        }
        assertThat(RefusalFields.isOne("Secondary_Email")).isFalse();
    }

    @Test
    @DisplayName("People can refuse only in a module that has the address and one of the refusal fields")
    void carriedBy() {
        for (String refusal : RefusalFields.ALL) {
            assertThat(RefusalFields.carriedBy(Set.of("Email", refusal)))
                    .as(refusal)
                    .isTrue();
            assertThat(RefusalFields.carriedBy(Set.of(refusal))).as(refusal).isFalse();
        }
        assertThat(RefusalFields.carriedBy(Set.of("Email", "Name"))).isFalse();
    }
}
