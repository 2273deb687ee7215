package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.outbox.BatchesInFlight.Place;
import io.consentbridge.outbox.BatchesInFlight.Turn;
import io.consentbridge.store.MovedClock;
import io.consentbridge.zoho.Connection;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The places of batches in flight, and whose turn it is. */
class BatchesInFlightTest {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Connection MAIN = connection("main");
    private static final Connection OTHER = connection("other");

    private final MovedClock clock = new MovedClock();
    private final BatchesInFlight batches = new BatchesInFlight(2, clock, LEASE);

    private static Connection connection(String name) {
        URI zoho = URI.create("https://example.com");
        return new Connection(name, zoho, zoho, zoho, "id", "secret", "token", ZoneOffset.UTC);
    }

    private Place flying(Connection connection, Action action) {
        Place place = batches.take().orElseThrow();
        batches.flies(place, new Turn(connection, action));
        return place;
    }

    private List<String> turns() {
        return batches.turns(List.of(MAIN, OTHER)).stream()
                .map(turn -> turn.connection().name() + " " + turn.action().word())
                .toList();
    }

    @Test
    @DisplayName("There are as many places as batches may be in flight; a place that is left is free again")
    void places() {
        Place first = batches.take().orElseThrow();
        batches.take().orElseThrow();
        assertThat(batches.free()).isZero();
        assertThat(batches.take()).isEmpty();

        batches.leave(first);
        batches.leave(first);

        assertThat(batches.free()).isOne();
    }

    @Test
    @DisplayName("A place is free again when the lease of its batch has ended, and its thread gets no further batch")
    void stuck() {
        Place stuck = flying(MAIN, Action.SUBSCRIBE);
        clock.pass(LEASE.dividedBy(2));
        Place other = flying(MAIN, Action.SUBSCRIBE);
        clock.pass(LEASE.dividedBy(2).plusSeconds(1));

        assertThat(batches.free()).isOne();
        assertThat(batches.ended(stuck)).isFalse();
        assertThat(batches.ended(other)).isTrue();
    }

    @Test
    @DisplayName("Removals of any connection come before subscriptions while nothing is in flight")
    void removalsFirst() {
        assertThat(turns())
                .containsExactly(
                        "main do-not-mail",
                        "other do-not-mail",
                        "main unsubscribe",
                        "other unsubscribe",
                        "main subscribe",
                        "other subscribe");
    }

    @Test
    @DisplayName(
            "While subscriptions of one connection are in flight, its removals and the other connection come first")
    void otherConnection() {
        flying(MAIN, Action.SUBSCRIBE);
        assertThat(turns())
                .containsExactly(
                        "other do-not-mail",
                        "main do-not-mail",
                        "other unsubscribe",
                        "main unsubscribe",
                        "other subscribe",
                        "main subscribe");
    }

    @Test
    @DisplayName(
            "Many removals of one connection do not keep the other connection waiting, and still precede subscriptions")
    void manyRemovals() {
        flying(MAIN, Action.UNSUBSCRIBE);
        assertThat(turns())
                .containsExactly(
                        "other do-not-mail",
                        "main do-not-mail",
                        "other unsubscribe",
                        "other subscribe",
                        "main unsubscribe",
                        "main subscribe");
    }

    @Test
    @DisplayName("Of two connections with nothing in flight, the one whose last batch is the oldest is first")
    void inTurns() {
        batches.leave(flying(MAIN, Action.SUBSCRIBE));
        assertThat(turns()).startsWith("other do-not-mail", "main do-not-mail");
        Place place = flying(OTHER, Action.SUBSCRIBE);
        batches.ended(place);
        assertThat(turns()).startsWith("main do-not-mail", "other do-not-mail");
    }
}
