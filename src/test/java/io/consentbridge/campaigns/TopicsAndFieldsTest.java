package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.mapping.NewField;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Topics and contact fields. */
class TopicsAndFieldsTest extends CampaignsFixture {

    @Test
    @DisplayName(
            "B114: topics are found by name, missing ones are named, and an hour passes before they are read again")
    void topics() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/topics"))
                .withQueryParam("details", equalTo("{\"from_index\":0,\"range\":100}"))
                .willReturn(okJson(
                        "{\"topicDetails\":[{\"topicId\":\"71\",\"topicName\":\"Product news\"}],\"code\":\"200\"}")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/topics"))
                .withQueryParam("details", equalTo("{\"from_index\":1,\"range\":100}"))
                .willReturn(okJson("{\"topicDetails\":[],\"code\":\"200\"}")));
        Topics topics = new Topics(standIn.seams, standIn.clock);

        assertThat(topics.find(standIn.connection, RUN, List.of("product News ", "Offers")))
                .isEqualTo(new TopicIds(List.of("71"), List.of("Offers")));
        topics.find(standIn.connection, RUN, List.of("Product news"));
        standIn.zoho.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/topics")));
    }

    @Test
    @DisplayName(
            "B37: contact fields are listed by display name once an hour, and missing ones are created with type and"
                    + " length")
    void fields() {
        allFields();
        answer("/api/v1.1/custom/add", okJson("{\"response\":{\"message\":\"Success\",\"code\":\"200\"}}"));
        CampaignsFields fields = new CampaignsFields(standIn.seams, standIn.clock);

        assertThat(fields.names(standIn.connection, RUN)).containsExactly("Contact Email", "Industry");
        fields.names(standIn.connection, RUN);
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/contact/allfields")));
        fields.forget(standIn.connection);
        fields.names(standIn.connection, RUN);
        standIn.zoho.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/contact/allfields")));

        assertThat(fields.create(standIn.connection, RUN, new NewField("Budget", "Decimal", 20)))
                .isTrue();
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/custom/add"))
                .withFormParam("type", equalTo("json"))
                .withFormParam("fieldname", equalTo("Budget"))
                .withFormParam("fieldtype", equalTo("Decimal"))
                .withFormParam("fieldlength", equalTo("20")));
    }

    @Test
    @DisplayName(
            "B37: a field that another user created meanwhile is used as it is (916); a full account is reported (914)")
    void fieldThatCannotBeCreated() {
        CampaignsFields fields = new CampaignsFields(standIn.seams, standIn.clock);
        NewField budget = new NewField("Budget", "Decimal", 20);

        answer("/api/v1.1/custom/add", error("916"));
        assertThat(fields.create(standIn.connection, RUN, budget)).isFalse();

        answer("/api/v1.1/custom/add", error("914"));
        assertThatThrownBy(() -> fields.create(standIn.connection, RUN, budget))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("has reached its limit of contact fields (914)")
                .hasMessageContaining("remove \"Budget\" from the mapping");
    }

    private static void allFields() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/contact/allfields"))
                .withQueryParam("type", equalTo("json"))
                .willReturn(okJson("{\"response\":{\"fieldnames\":{\"fieldname\":[{\"DISPLAY_NAME\":\"Contact Email\"},"
                        + "{\"DISPLAY_NAME\":\"Industry\"}]}}}")));
    }
}
