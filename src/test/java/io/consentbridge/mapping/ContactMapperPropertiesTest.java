package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** What holds for whatever value the CRM has. */
class ContactMapperPropertiesTest {

    private static final ContactMapper MAPPER = new ContactMapper(
            new Mapping(Map.of("Company Name", "Company", "Score", "Score"), false), Map.of(), ZoneOffset.UTC);

    @Property(tries = 300)
    @Label("B118: a number arrives as the same number, in digits alone")
    void numbersStayThemselves(@ForAll BigDecimal number) {
        String written = map("Score", number).get("Score");

        assertThat(new BigDecimal(written)).isEqualByComparingTo(number);
        assertThat(written).matches("-?\\d+(\\.\\d+)?");
    }

    @Property(tries = 300)
    @Label("B118: a text arrives as its own beginning, never longer than Campaigns takes and never half a character")
    void textsStayThemselves(@ForAll String text) {
        String written = map("Company", text).getOrDefault("Company Name", "");
        String expected = text.codePoints()
                .filter(point -> point == '\n' || point == '\r' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .strip();

        assertThat(expected).startsWith(written);
        assertThat(written.codePointCount(0, written.length())).isLessThanOrEqualTo(100);
        if (expected.codePointCount(0, expected.length()) <= 100) {
            assertThat(written).isEqualTo(expected);
        } else {
            assertThat(written).isNotEmpty();
        }
        assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(written);
    }

    private static Map<String, String> map(String field, Object value) {
        return MAPPER.contact(MAPPER.map(Map.of(field, value))).contactInfo();
    }
}
