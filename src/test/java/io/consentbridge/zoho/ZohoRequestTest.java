package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ZohoRequest: the call in a message")
class ZohoRequestTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    @DisplayName("carries its method in the type of Camel's client, because a text costs more than the whole call")
    void methodIsTyped() {
        assertThat(placed(new byte[1]).getHeader(Exchange.HTTP_METHOD)).isEqualTo(HttpMethods.POST);
        assertThat(placed(null).getHeader(Exchange.HTTP_METHOD)).isEqualTo(HttpMethods.GET);
    }

    @Test
    @DisplayName("encodes a form in the order of its parameters, with %20 for a space and UTF-8 for letters")
    void form() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("contact info", "{\"Last Name\":\"Öz & +Söhne\"}");
        parameters.put("source", "");

        assertThat(ZohoRequest.encode(parameters))
                .isEqualTo("resfmt=JSON"
                        + "&contact%20info=%7B%22Last%20Name%22%3A%22%C3%96z%20%26%20%2BS%C3%B6hne%22%7D&source=");
        assertThat(ZohoRequest.encode(Map.of())).isEmpty();
    }

    private Message placed(byte[] body) {
        Message message = exchange.getMessage();
        new ZohoRequest(
                        "main",
                        null,
                        Api.CAMPAIGNS,
                        "topics",
                        "https://campaigns.example.com/api/v1.1/topics",
                        null,
                        Map.of(),
                        body,
                        false,
                        "question")
                .placeIn(message);
        return message;
    }
}
