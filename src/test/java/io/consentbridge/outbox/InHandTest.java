package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.audience.Content;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The deliveries that this process has in hand. */
class InHandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final InHand inHand = new InHand(new ContactPermits());

    @Test
    @DisplayName("are those that were claimed, and none with any difference")
    void theVerySame() {
        Delivery delivery = delivery(NOW, "p1@example.com");
        inHand.take(List.of(delivery), NOW);

        assertThat(inHand.require(delivery)).isSameAs(delivery);
        refuses(delivery(NOW, "p2@example.com"));
        refuses(delivery(NOW.plusSeconds(1), "p1@example.com"));
        refuses(null);
        inHand.settled(List.of(new Settlement.Unsent(delivery, false)));
        refuses(delivery);
    }

    @Test
    @DisplayName("can be two claims of one delivery, when the first lost its lease and is still in flight")
    void claimedTwice() {
        Delivery first = delivery(NOW, "p1@example.com");
        Delivery second = delivery(NOW.plusSeconds(60), "p1@example.com");
        inHand.take(List.of(first), NOW);
        inHand.take(List.of(second), NOW);

        Settlement made = inHand.made(new Settlement.Unsent(first, false));
        assertThat(inHand.requireMade(List.of(made))).containsExactly(made);
        inHand.settled(List.of(new Settlement.Unsent(first, false)));
        assertThat(inHand.require(second)).isSameAs(second);
    }

    @Test
    @DisplayName("are settled by their own result, each once, and by nothing that only looks the same")
    void settledAsMade() {
        Delivery delivery = delivery(NOW, "p1@example.com");
        inHand.take(List.of(delivery), NOW);
        Settlement made = inHand.made(new Settlement.Unsent(delivery, false));

        for (Object gathered : new Object[] {
            List.of(new Settlement.Unsent(delivery, false)), List.of(made, made), List.of(), "nothing", List.of("x")
        }) {
            assertThatThrownBy(() -> inHand.requireMade(gathered)).isInstanceOf(ConsentBreach.class);
        }
        assertThat(inHand.unsettled(List.of(delivery))).containsExactly(delivery);
        inHand.settled(inHand.requireMade(List.of(made)));
        assertThat(inHand.unsettled(List.of(delivery))).isEmpty();
    }

    @Test
    @DisplayName("are forgotten a day after their lease has ended")
    void forgotten() {
        Delivery lost = delivery(NOW, "p1@example.com");
        inHand.take(List.of(lost), NOW);
        inHand.take(List.of(), NOW.plus(Duration.ofHours(23)));
        assertThat(inHand.require(lost)).isSameAs(lost);

        inHand.take(List.of(), NOW.plus(Duration.ofHours(25)));

        refuses(lost);
    }

    private void refuses(Delivery delivery) {
        assertThatThrownBy(() -> inHand.require(delivery)).isInstanceOf(ConsentBreach.class);
    }

    static Delivery delivery(Instant claimedUntil, String address) {
        return new Delivery(
                1,
                1,
                claimedUntil,
                "main",
                1,
                "News",
                Optional.of("key"),
                Optional.empty(),
                1,
                new Person(address),
                Action.SUBSCRIBE,
                new Content(Map.of("Contact Email", address), List.of(), null),
                "fp",
                "run1",
                "r1",
                1L,
                new Outcome.New(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }
}
