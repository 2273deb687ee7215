package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.campaigns.ContactReply.Accepted;
import io.consentbridge.campaigns.ContactReply.ConfirmationSent;
import io.consentbridge.campaigns.ContactReply.Refused;
import io.consentbridge.campaigns.ContactReply.Unrecognised;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import io.consentbridge.zoho.ZohoReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactRepliesTest {

    private final ContactReplies replies = new ContactReplies(Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "json/listsubscribe, 2004, INVALID_PATTERN, false",
        "json/listsubscribe, 2005, GROUP_EMAIL, false",
        "json/listsubscribe, 2006, DO_NOT_MAIL, true",
        "json/listunsubscribe, 2004, INVALID_PATTERN, false",
        "json/contactdonotmail, 2004, INVALID_PATTERN, false",
    })
    @DisplayName(
            "B78, B79, B81: an address that Campaigns never accepts is refused with its reason; Do-Not-Mail is remembered")
    void refused(String method, String code, IgnoreReason reason, boolean suppress) {
        assertThat(read(method, code)).isEqualTo(new Refused(reason, code, suppress, false));
    }

    @ParameterizedTest
    @CsvSource({
        "json/listsubscribe, 0",
        "json/listsubscribe, 200",
        "json/listsubscribe, 2003",
        "json/listunsubscribe, 0",
        "json/listunsubscribe, 2103",
        "json/contactdonotmail, 0"
    })
    @DisplayName("\"Done\" and \"already done\" have the same result")
    void accepted(String method, String code) {
        assertThat(read(method, code)).isEqualTo(new Accepted());
    }

    @ParameterizedTest
    @CsvSource({
        "json/listsubscribe, 2501",
        "json/listsubscribe, 2002",
        "json/listsubscribe, 2206",
        "json/listsubscribe, 2302",
        "json/listunsubscribe, 2102"
    })
    @DisplayName("A missing list or a full account affects everybody and is rejected with a remedy")
    void rejected(String method, String code) {
        assertThatThrownBy(() -> read(method, code))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageStartingWith("main: ")
                .hasMessageContaining(code);
    }

    @ParameterizedTest
    @CsvSource({"json/listunsubscribe, 2101", "json/contactdonotmail, 2104", "json/listsubscribe, 500"})
    @DisplayName("A call that Campaigns asks to retry later is retried later")
    void later(String method, String code) {
        assertThatThrownBy(() -> read(method, code)).isInstanceOf(ZohoFault.Transient.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Contact email address has bounced., BOUNCED, true",
        "Contact email address is blocked., BLOCKED, true",
        "Contact has marked a campaign as spam., OPTED_OUT, true",
        "Invalid e-mail., INVALID_PATTERN, false"
    })
    @DisplayName("B76, B77: the meaning of a refused address is read from the reply's words and remembered")
    void addressRefused(String message, IgnoreReason reason, boolean suppress) {
        assertThat(read(
                        "json/listsubscribe",
                        200,
                        "{\"status\":\"error\",\"code\":\"2007\",\"message\":\"" + message + "\"}"))
                .isEqualTo(new Refused(reason, "2007", suppress, true));
    }

    @ParameterizedTest
    @CsvSource({
        "2004, Invalid contact email address.",
        "2005, Group email address is not allowed.",
        "2006, Contact is in Do-Not-Mail registry."
    })
    @DisplayName("B78, B79: a message that repeats its code's meaning counts as the fault of the person")
    void byWords(String code, String message) {
        assertThat(read(
                        "json/listsubscribe",
                        200,
                        "{\"status\":\"error\",\"code\":\"" + code + "\",\"message\":\"" + message + "\"}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.byWords()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"Invalid topic.", "Parameter value is invalid.", "Mailing list is invalid."})
    @DisplayName("Code 2007 with a message that names no address may be anybody's fault")
    void noAddress(String message) {
        assertThat(read(
                        "json/listsubscribe",
                        200,
                        "{\"status\":\"error\",\"code\":\"2007\",\"message\":\"" + message + "\"}"))
                .isEqualTo(new Unrecognised("2007", message));
    }

    @Test
    @DisplayName("An unknown code is passed on unchanged, without an address in its message")
    void unrecognised() {
        assertThat(read(
                        "json/listsubscribe",
                        200,
                        "{\"status\":\"failure\",\"code\":2041,\"message\":\"jane@x.org twice\"}"))
                .isEqualTo(new Unrecognised("2041", "(address) twice"));
        assertThat(read("json/listsubscribe", 400, "{\"foo\":1}")).isInstanceOf(Unrecognised.class);
    }

    @Test
    @DisplayName("Only a subscription can be answered by a confirmation")
    void confirmation() {
        String body = "{\"status\":\"success\",\"code\":\"0\",\"message\":\"A Confirmation email is sent\"}";
        assertThat(read("json/listsubscribe", 200, body)).isEqualTo(new ConfirmationSent());
        assertThat(read("json/listunsubscribe", 200, body)).isEqualTo(new Accepted());
    }

    private ContactReply read(String method, String code) {
        boolean success = code.equals("0") || code.equals("200");
        String status = success ? "success" : "error";
        return read(method, 200, "{\"status\":\"" + status + "\",\"code\":\"" + code + "\",\"message\":\"m\"}");
    }

    private ContactReply read(String method, int status, String body) {
        return replies.read("main", method, new ZohoReply(status, null, json(body)));
    }

    private static Map<String, Object> json(String text) {
        try {
            return ZohoJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
