package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which campaign may be made, copied or sent, beneath the routes. */
class CampaignPermitsTest {

    private static final String BASE = "https://campaigns.example.com/api/v1.1/";

    private final CampaignPermits permits = new CampaignPermits();
    private final Connection main = ZohoStandIn.connection("main", "https://campaigns.example.com");

    private CampaignsCall give() {
        return permits.give(main, null, CampaignPermits.SEND, form("campaignkey", "3z1"), Map.of());
    }

    private static Map<String, String> form(String... more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("resfmt", "JSON"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private void leaves(Connection connection, String verb, String path, Map<String, String> form, Object question) {
        permits.check(
                connection,
                verb,
                URI.create(BASE + path),
                ZohoRequest.encode(form).getBytes(StandardCharsets.UTF_8),
                question);
    }

    private void refused(Connection connection, String verb, String path, Map<String, String> form, Object question) {
        assertThatThrownBy(() -> leaves(connection, verb, path, form, question)).isInstanceOf(ConsentBreach.class);
    }

    @Test
    @DisplayName("A campaign is sent only as permitted: by that connection and method, with exactly those parameters")
    void onlyAsPermitted() {
        CampaignsCall call = give();
        Map<String, String> form = form("campaignkey", "3z1");

        refused(ZohoStandIn.connection("other", "https://x.example"), "POST", "sendcampaign", form, call);
        refused(main, "GET", "sendcampaign", form, call);
        refused(main, "POST", "createCampaign", form, call);
        refused(main, "POST", "SendCampaign", form, call);
        refused(main, "POST", "sendcampaign?x=y", form, call);
        refused(main, "POST", "sendcampaign", form("campaignkey", "3z2"), call);
        refused(main, "POST", "sendcampaign", form("campaignkey", "3z1", "isschedule", "true"), call);
        refused(main, "POST", "sendcampaign", Map.of("campaignkey", "3z1"), call);
        refused(main, "POST", "sendcampaign", form, new Object());
        assertThatCode(() -> leaves(main, "POST", "sendcampaign", form, call)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("A permit is good for one call: nothing is sent a second time")
    void once() {
        CampaignsCall call = give();
        Map<String, String> form = form("campaignkey", "3z1");
        leaves(main, "POST", "sendcampaign", form, call);
        refused(main, "POST", "sendcampaign", form, call);

        CampaignsCall withdrawn = give();
        permits.withdraw(withdrawn);
        refused(main, "POST", "sendcampaign", form, withdrawn);
    }

    @Test
    @DisplayName("The lists of a new campaign are compared by their meaning")
    void lists() {
        Map<String, Object> lists = Map.of("3zlist", List.of());
        CampaignsCall call = permits.give(main, null, CampaignPermits.CREATE, form("campaignname", "Spring"), lists);

        refused(
                main,
                "POST",
                "createCampaign",
                form("campaignname", "Spring", "list_details", "{\"3zother\":[]}"),
                call);
        refused(main, "POST", "createCampaign", form("campaignname", "Spring"), call);
        assertThatCode(() -> leaves(
                        main,
                        "POST",
                        "createCampaign",
                        form("campaignname", "Spring", "list_details", "{ \"3zlist\" : [] }"),
                        call))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "createCampaign",
                "createcampaign",
                "json/clonecampaign",
                "xml/CloneCampaign",
                "sendcampaign",
                "SENDCAMPAIGN"
            })
    @DisplayName("Every way to make, copy or send a campaign is judged here, in whatever case")
    void concerned(String method) {
        assertThat(CampaignPermits.concerns(URI.create(BASE + method))).isTrue();
        assertThat(CampaignPermits.concerns(URI.create(BASE + "recentcampaigns")))
                .isFalse();
    }
}
