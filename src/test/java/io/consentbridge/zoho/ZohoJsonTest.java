package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZohoJsonTest {

    private static Map<String, Object> read(String json) throws IOException {
        return ZohoJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("Decimals and long ids are exact, also as numbers without quotes")
    void exact() throws IOException {
        Map<String, Object> values = read("""
                {"decimal": 12345678901234567.89, "cents": 1.50, "id": 4876876000000624001, "longer": 48768760000006240011234,
                "small": 7, "text": "4876876000000624001"}
                """);

        assertThat(values)
                .containsEntry("decimal", new BigDecimal("12345678901234567.89"))
                .containsEntry("cents", new BigDecimal("1.50"))
                .containsEntry("id", 4876876000000624001L)
                .containsEntry("longer", new BigInteger("48768760000006240011234"))
                .containsEntry("small", 7)
                .containsEntry("text", "4876876000000624001");
        assertThat(new JsonValue(values).path("id").text()).isEqualTo("4876876000000624001");
    }

    @Test
    @DisplayName("A decimal of more than a thousand digits does not use the memory that its exponent suggests")
    void exponent() throws IOException {
        assertThat(read("{\"a\": 1e999999999}").get("a")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read("{\"a\": 1e-999999999}").get("a")).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1} {\"a\":1}",
                "{\"a\":1}x",
                "{\"a\":[1,",
                "{\"a\":NaN}",
                "[]",
                "null",
                "",
                "<html>"
            })
    @DisplayName("A text that is truncated, repeats a name, or is followed by more is not a JSON object")
    void none(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("Depth and length of numbers are limited")
    void limits() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1001))).isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> read("{\"a\":" + "1".repeat(1001) + "}"))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    @DisplayName("The parsed values cannot be changed, and equal names are the same text")
    void unchangeable() throws IOException {
        Map<String, Object> json = read("{\"data\":[{\"Email\":\"a\"},{\"Email\":\"b\"}]}");
        List<?> rows = (List<?>) json.get("data");
        Map<?, ?> row = (Map<?, ?>) rows.get(0);

        assertThatThrownBy(json::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(rows::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(row::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(row.keySet().iterator().next())
                .isSameAs(((Map<?, ?>) rows.get(1)).keySet().iterator().next());
    }

    @Test
    @DisplayName("A parsed value is written as the same JSON again")
    void again() throws IOException {
        String json = "{\"b\":[1,2.50,null,true],\"a\":{\"x\":\"\\\"ü\"}}";

        assertThat(ZohoJson.write(read(json))).isEqualTo(json);
        assertThat(ZohoJson.says(json.getBytes(StandardCharsets.UTF_8), read(json)))
                .isTrue();
        assertThat(ZohoJson.says("{\"n\":1}".getBytes(StandardCharsets.UTF_8), Map.of("n", 1L)))
                .isTrue();
        assertThat(ZohoJson.says(null, Map.of())).isFalse();
        assertThat(ZohoJson.says("[".getBytes(StandardCharsets.UTF_8), Map.of()))
                .isFalse();
    }

    @Test
    @DisplayName("Unmarshalling into another type yields that type, and its value can be changed")
    void otherTypes() throws JsonProcessingException {
        HashMap<?, ?> own = ZohoJson.MAPPER.readValue("{\"a\":1.50}", HashMap.class);

        assertThat(own.remove("a")).isEqualTo(new BigDecimal("1.50"));
    }
}
