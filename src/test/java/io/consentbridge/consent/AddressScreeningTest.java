package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Screened.Unusable;
import io.consentbridge.consent.Screened.Usable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressScreeningTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info@zylker.com",
                "administrator@zylker.com",
                "Admin@zylker.com",
                "careers@zylker.com",
                "service@zylker.com",
                "SUPPORT@zylker.com",
                "hr@zylker.com",
                "webmaster@zylker.com",
                "info+news@zylker.com"
            })
    @DisplayName("B79: the mailbox of a group is ignored")
    void group(String address) {
        assertThat(reason(address)).isEqualTo(IgnoreReason.GROUP_EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@aol",
                "ted@zylkercom",
                "jane",
                "@example.com",
                "jane@",
                "jane doe@example.com",
                "jane@@example.com",
                "jane..doe@example.com",
                ".jane@example.com",
                "jane@-example.com",
                "\"jane doe\"@example.com",
                "jane@[192.0.2.1]",
                "jane@example.com\u0000",
                "Jane <jane@example.com>",
                "jane@example.com, ted@example.com"
            })
    @DisplayName("B81: a malformed address is ignored")
    void malformed(String address) {
        assertThat(reason(address)).isEqualTo(IgnoreReason.INVALID_PATTERN);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", "\t\n"})
    @DisplayName("B82: a record without an address is ignored")
    void empty(String address) {
        assertThat(reason(address)).isEqualTo(IgnoreReason.EMPTY_EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@example.com",
                "jane.doe+zoho@mail.example.co.uk",
                "o'brien@example.ie",
                "jürgen@example.de",
                "jane@müller.de",
                "jane@xn--mller-kva.de",
                "information@example.com",
                "jane@example.photography",
                "jane@crm.example"
            })
    @DisplayName("B81: valid addresses pass, including internationalised domains")
    void lawful(String address) {
        assertThat(AddressScreening.screen(address)).isInstanceOf(Usable.class);
    }

    @Test
    @DisplayName(
            "B101: the address without blanks and case identifies a person; the CRM's own spelling is stored beside it")
    void spelling() {
        assertThat(AddressScreening.screen(" Jane.Doe@Example.com "))
                .isEqualTo(new Usable(new Person("jane.doe@example.com"), "Jane.Doe@Example.com"));
    }

    @Test
    @DisplayName("No text of a screening shows the address")
    void textsHideTheAddress() {
        assertThat(AddressScreening.screen("jane@example.com").toString()).doesNotContain("jane");
        assertThat(AddressScreening.screen("jane@aol").toString()).doesNotContain("jane");
    }

    private static IgnoreReason reason(String address) {
        return ((Unusable) AddressScreening.screen(address)).decision().reason();
    }
}
