package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.ZohoRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What leaves towards Zoho, as it stands on the wire. */
class ContactPermitsTest extends CampaignsFixture {

    private static final String API = "https://campaigns.zoho.com/api/v1.1/";

    private final ContactPermits permits = new ContactPermits();

    private void leaves(String verb, String method, Map<String, String> form) {
        leaves(verb, method, form, null);
    }

    private void leaves(String verb, String method, Map<String, String> form, Object question) {
        byte[] body = form == null ? null : ZohoRequest.encode(form).getBytes(StandardCharsets.UTF_8);
        permits.check(standIn.connection, verb, URI.create(API + method), body, question);
    }

    private static Map<String, String> form(String list, String address, String topics) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("resfmt", "JSON", "listkey", list));
        form.put("contactinfo", "{\"Contact Email\":\"" + address + "\",\"City\":\"Ulm\"}");
        form.put("topic_id", topics);
        return form;
    }

    @Test
    @DisplayName(
            "A call about a person leaves only as its permit says: that person, list and topics; other fields may differ")
    void asPermitted() {
        ContactCall call = call();
        permits.give(standIn.connection, ContactForms.SUBSCRIBE, call);
        Map<String, String> right = form("3z1", "jane+x@example.com", "7,8");

        assertThat(permits.left(call)).isFalse();
        assertThatCode(() -> leaves("POST", "json/listsubscribe", right, call)).doesNotThrowAnyException();
        assertThat(permits.left(call)).isTrue();
        for (Map<String, String> other : List.of(
                form("3z2", "jane+x@example.com", "7,8"),
                form("3z1", "joe@example.com", "7,8"),
                form("3z1", "jane+x@example.com", "9"))) {
            assertThatThrownBy(() -> leaves("POST", "json/listsubscribe", other, call))
                    .isInstanceOf(ConsentBreach.class);
        }
        right.put("donotmail_resub", "true");
        assertThatThrownBy(() -> leaves("POST", "json/listsubscribe", right, call))
                .isInstanceOf(ConsentBreach.class);
        right.remove("donotmail_resub");
        permits.withdraw(call);
        assertThatThrownBy(() -> leaves("POST", "json/listsubscribe", right, call))
                .isInstanceOf(ConsentBreach.class);
    }

    @Test
    @DisplayName(
            "Each call has its own permit; a permit with the same content covers no other call, before or after it left")
    void eachItsOwn() {
        ContactCall first = call();
        ContactCall second = call();
        Map<String, String> form = form("3z1", "jane+x@example.com", "7,8");
        permits.give(standIn.connection, ContactForms.SUBSCRIBE, first);
        assertThatThrownBy(() -> leaves("POST", "json/listsubscribe", form, second))
                .isInstanceOf(ConsentBreach.class);
        leaves("POST", "json/listsubscribe", form, first);

        permits.give(standIn.connection, ContactForms.SUBSCRIBE, second);

        assertThat(permits.left(first)).isTrue();
        assertThat(permits.left(second)).isFalse();
        assertThat(permits.withdraw(second)).isFalse();
        assertThat(permits.withdraw(first)).isTrue();
    }

    @Test
    @DisplayName("Reading calls leave, and only the product's own changing calls leave")
    void others() {
        for (String reading : new String[] {
            "getlistsubscribers?listkey=1",
            "listsubscriberscount",
            "getmailinglists",
            "topics",
            "contact/allfields?type=json"
        }) {
            assertThatCode(() -> leaves("GET", reading, null)).doesNotThrowAnyException();
        }
        assertThatCode(() -> leaves("POST", "custom/add", Map.of("fieldname", "x")))
                .doesNotThrowAnyException();
        for (String writing : new String[] {
            "json/listsubscribe",
            "JSON/LISTSUBSCRIBE",
            "addlistsubscribersinbulk",
            "json/contactdonotmail",
            "sendcampaign",
            "topics"
        }) {
            assertThatThrownBy(() -> leaves("POST", writing, Map.of())).isInstanceOf(ConsentBreach.class);
        }
    }

    @Test
    @DisplayName(
            "A GET leaves only to methods that read, since Campaigns deletes lists, sets tags and copies campaigns by GET too")
    void changingReads() {
        for (String writing : new String[] {
            "json/listsubscribe?listkey=1&contactinfo=x",
            "xml/listsubscribe?from=listsubscribers",
            "deletemailinglist?listkey=1&deletecontacts=on",
            "tag/associate?tagName=x",
            "json/clonecampaign",
            "deletecampaign",
            "x/../deletemailinglist",
            "getmailinglists/../deletemailinglist"
        }) {
            assertThatThrownBy(() -> leaves("GET", writing, null)).isInstanceOf(ConsentBreach.class);
        }
        for (String address : new String[] {
            "https://campaigns.zoho.com/api//v1.1/deletemailinglist",
            "https://campaigns.zoho.com/api/xml/getmailinglists"
        }) {
            assertThatThrownBy(() -> permits.check(standIn.connection, "GET", URI.create(address), null, null))
                    .isInstanceOf(ConsentBreach.class);
        }
    }

    @Test
    @DisplayName(
            "A CRM module may have any name, including that of a Campaigns method, and a gateway may sit in front of Zoho")
    void modulesOfAnyName() {
        for (String path : new String[] {
            "DoNotMail/deleted", "DoNotMail/123", "AddListRequests?cvid=1", "settings/fields?module=ListUnsubscribe"
        }) {
            for (String host : new String[] {"https://www.zohoapis.eu", "https://gateway.example.com/zoho"}) {
                URI address = URI.create(host + "/crm/v8/" + path);
                assertThatCode(() -> permits.check(standIn.connection, "GET", address, null, null))
                        .doesNotThrowAnyException();
                assertThatThrownBy(() -> permits.check(standIn.connection, "POST", address, new byte[0], null))
                        .isInstanceOf(ConsentBreach.class);
            }
        }
        assertThatCode(() -> permits.check(
                        standIn.connection,
                        "POST",
                        URI.create("https://www.zohoapis.eu/crm/v8/coql"),
                        new byte[0],
                        null))
                .doesNotThrowAnyException();
    }
}
