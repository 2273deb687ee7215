package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.mapping.CrmField;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in the form of their CRM field. */
class FieldFormatsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant LATE = Instant.parse("2026-11-28T23:15:30.999Z");

    private static FieldFormats.Formatted format(String type, Object value, int length, boolean writable) {
        CrmField field = new CrmField("F", "F", type, null, length, Map.of(), false, writable);
        return FieldFormats.format(Map.of("F", value), Map.of("F", field), BERLIN);
    }

    @Test
    @DisplayName("A time has an offset and no fraction; its date is that of the connection's zone")
    void times() {
        assertThat(format("datetime", LATE, 0, true).values()).containsEntry("F", "2026-11-29T00:15:30+01:00");
        assertThat(format("date", LATE, 0, true).values()).containsEntry("F", "2026-11-29");
        assertThat(format("text", LATE, 0, true).values()).containsEntry("F", "2026-11-29T00:15:30+01:00");
    }

    @Test
    @DisplayName("A day is written as a date, and as its beginning where the field takes a time")
    void days() {
        assertThat(format("date", "2026-11-28", 0, true).values()).containsEntry("F", "2026-11-28");
        assertThat(format("datetime", "2026-11-28", 0, true).values()).containsEntry("F", "2026-11-28T00:00:00+01:00");
        assertThat(format("text", "2026-11-28", 0, true).values()).containsEntry("F", "2026-11-28");
        assertThat(format("date", "2026-13-28", 0, true).fault()).contains("takes no text");
    }

    @Test
    @DisplayName("A text that is too long is cut, never in the middle of a character, and that is noted")
    void cut() {
        FieldFormats.Formatted cut = format("text", "ab\uD83D\uDE00", 3, true);
        assertThat(cut.values()).containsEntry("F", "ab");
        assertThat(cut.note()).isEqualTo("F is cut to 3 characters");
        assertThat(format("text", "abc", 3, true).note()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"boolean", "lookup", "datetime", "integer", "multiselectpicklist"})
    @DisplayName("A text does not fit into a field of another kind")
    void misfit(String type) {
        assertThat(format(type, "x", 0, true).fault()).contains("of the type " + type + ", which takes no text");
    }

    @Test
    @DisplayName("A read-only field and a missing one are faults")
    void unwritable() {
        assertThat(format("text", "x", 0, false).fault()).contains("read-only");
        assertThat(FieldFormats.format(Map.of("G", "x"), Map.of(), BERLIN).fault())
                .isEqualTo("the module has no field G");
    }
}
