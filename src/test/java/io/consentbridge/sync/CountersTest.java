package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.consent.IgnoreReason;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("B70, B74: a finished run shows every counter and all twelve reasons, and nothing pending")
    void shape() throws Exception {
        Counters counters = new Counters(7, 1, 2, 3, 1, 0, 0, 0, 0, Map.of(IgnoreReason.GROUP_EMAIL, 1L));

        assertThat(JSON.writeValueAsString(counters)).isEqualTo("""
                        {"total":7,"new":1,"readded":2,"duplicate":3,"updated":1,"left":0,"deleted":0,"deadLettered":0,\
                        "ignored":{"bounced":0,"blocked":0,"do-not-mail":0,"group-email":1,"file-duplicate":0,\
                        "invalid-pattern":0,"empty-email":0,"opted-out":0,"converted":0,"consent-withheld":0,\
                        "consent-requested":0,"other":0}}""");
        assertThat(counters.balances()).isTrue();
    }

    @Test
    @DisplayName("B70: a run in progress shows what is pending, and every document can be read again")
    void roundTrip() throws Exception {
        Counters counters = new Counters(3, 1, 0, 0, 0, 0, 0, 0, 2, Map.of());
        String json = JSON.writeValueAsString(counters);

        assertThat(json).contains("\"pending\":2");
        assertThat(JSON.readValue(json, Counters.class)).isEqualTo(counters);
        assertThat(JSON.readValue(JSON.writeValueAsString(Counters.NONE), Counters.class))
                .isEqualTo(Counters.NONE);
    }

    @Test
    @DisplayName(
            "B70: a run balances when each counted record has one outcome; updated and left people are beside the total")
    void balances() {
        Map<IgnoreReason, Long> ignored = Map.of(IgnoreReason.BOUNCED, 32L, IgnoreReason.OTHER, 64L);

        assertThat(new Counters(127, 1, 2, 4, 3, 99, 8, 16, 0, ignored).balances())
                .isTrue();
        assertThat(new Counters(126, 1, 2, 4, 3, 99, 8, 16, 0, ignored).balances())
                .isFalse();
        assertThat(new Counters(130, 1, 2, 4, 3, 99, 8, 16, 3, ignored).balances())
                .as("while three are pending")
                .isTrue();
    }

    @Test
    @DisplayName("B70: the total of two runs is the sum of each counter and of each reason")
    void plus() {
        Counters one =
                new Counters(9, 8, 7, 6, 5, 4, 3, 2, 1, Map.of(IgnoreReason.BOUNCED, 1L, IgnoreReason.OPTED_OUT, 2L));
        Counters other = new Counters(
                10, 20, 30, 40, 50, 60, 70, 80, 90, Map.of(IgnoreReason.BOUNCED, 3L, IgnoreReason.OTHER, 4L));

        assertThat(one.plus(other))
                .isEqualTo(new Counters(
                        19,
                        28,
                        37,
                        46,
                        55,
                        64,
                        73,
                        82,
                        91,
                        Map.of(IgnoreReason.BOUNCED, 4L, IgnoreReason.OPTED_OUT, 2L, IgnoreReason.OTHER, 4L)));
        assertThat(one.plus(Counters.NONE)).isEqualTo(one);
    }
}
