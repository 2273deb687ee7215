package io.consentbridge.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Revalidation;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SilenceTest: who counts as silent")
class SilenceTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Revalidation RULE =
            new Revalidation(Period.ofMonths(18), List.of("Last_Purchase"), Revalidation.Then.UNSUBSCRIBE);
    private static final Instant BEGUN = Instant.parse("2025-05-29T08:00:00Z"); // 10:00 in summer, as now in winter
    private static final Instant SENT = Instant.parse("2026-06-01T00:00:00Z");

    private static Silence of(Instant since, Instant sign, Instant... sent) {
        return Silence.of(RULE, NOW, ZONE, since, Optional.ofNullable(sign), List.of(sent));
    }

    @Test
    @DisplayName(
            "A person on the list for 18 months without a sign, to whom campaigns were sent, is silent since they came")
    void silent() {
        assertThat(of(BEGUN, null, SENT)).isEqualTo(new Silence.Silent(BEGUN));
        Instant old = BEGUN.minus(Duration.ofDays(400));
        assertThat(of(old, BEGUN.minusSeconds(1), SENT)).isEqualTo(new Silence.Silent(BEGUN.minusSeconds(1)));
        assertThat(of(BEGUN, old, SENT)).as("a sign before they came").isEqualTo(new Silence.Silent(BEGUN));
    }

    @Test
    @DisplayName("A sign within the time, or a membership that is shorter, ends it; months are those of the calendar")
    void notYet() {
        assertThat(of(BEGUN.plusSeconds(1), null, SENT)).isEqualTo(new Silence.NotYet(BEGUN.plusSeconds(1)));
        Instant click = Instant.parse("2025-06-01T00:00:00Z");
        assertThat(of(BEGUN.minusSeconds(9), click, SENT)).isEqualTo(new Silence.NotYet(click));
    }

    @Test
    @DisplayName(
            "Nobody is silent who could not click: no campaign, none that was read, only old ones or one of last week")
    void notKnown() {
        assertThat(of(BEGUN, null)).isEqualTo(new Silence.NotKnown());
        assertThat(of(BEGUN, null, BEGUN)).isEqualTo(new Silence.NotKnown());
        assertThat(of(BEGUN, null, NOW.minus(Duration.ofDays(13)))).isEqualTo(new Silence.NotKnown());
        assertThat(of(BEGUN, null, NOW.minus(Duration.ofDays(14)))).isEqualTo(new Silence.Silent(BEGUN));
    }

    @Test
    @DisplayName("A field counts by its newest date or time, a day until its end; an empty one is no sign")
    void signs() {
        assertThat(Silence.signs(RULE, Map.of("Last_Purchase", "2026-02-01"), ZONE))
                .contains(new Silence.Signs(Optional.of(Instant.parse("2026-02-01T23:00:00Z"))));
        assertThat(Silence.signs(RULE, Map.of("Last_Purchase", "2026-02-01T10:00:00+01:00"), ZONE))
                .contains(new Silence.Signs(Optional.of(Instant.parse("2026-02-01T09:00:00Z"))));
        Map<String, Object> empty = new HashMap<>();
        empty.put("Last_Purchase", null);
        assertThat(Silence.signs(RULE, empty, ZONE)).contains(new Silence.Signs(Optional.empty()));
        Revalidation two = new Revalidation(Period.ofMonths(1), List.of("One", "Other"), Revalidation.Then.UNSUBSCRIBE);
        assertThat(Silence.signs(two, Map.of("One", "2026-02-01", "Other", "2026-03-01"), ZONE)
                        .orElseThrow()
                        .newest())
                .contains(Instant.parse("2026-03-01T23:00:00Z"));
    }

    @Test
    @DisplayName("A field that the record lacks, or that is no date, says nothing about the person")
    void absent() {
        assertThat(Silence.signs(RULE, Map.of(), ZONE)).isEmpty();
        assertThat(Silence.signs(RULE, Map.of("Last_Purchase", "soon"), ZONE)).isEmpty();
    }
}
