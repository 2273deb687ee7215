package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.DeadLettersHandled;
import io.consentbridge.api.FakeOperations;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dead letters that are replayed while Zoho, or a part of it, takes nothing. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private final TreeSet<Long> replaying = new TreeSet<>();
    private final List<Duration> paused = new ArrayList<>();
    private String action = "subscribe";

    private final FakeOperations operations = new FakeOperations() {
        @Override
        public DeadLetterView deadLetter(long id) {
            asked.add("dead letter " + id);
            if (!replaying.contains(id)) {
                throw new OperationFailure.UnknownName("dead letter", Long.toString(id), List.of());
            }
            return new DeadLetterView(
                    id,
                    "s",
                    "main",
                    "Letters",
                    "a@example.com",
                    action,
                    null,
                    "",
                    "r",
                    "1",
                    NOW,
                    1,
                    true,
                    List.of(),
                    Map.of());
        }
    };

    /** Time passes, and no longer than anybody waits for. */
    private void pause(Duration time) {
        paused.add(time);
        assertThat(paused).hasSizeLessThan(1000);
    }

    private Replay.End await(List<Long> ids) throws InterruptedException {
        replaying.addAll(ids);
        return new Replay(operations, () -> NOW, this::pause).await(new DeadLettersHandled(ids));
    }

    private void status(Instant held, List<StatusView.Locked> locked, StatusView.OfList... lists) {
        operations.status = new StatusView(
                false,
                false,
                "a file",
                List.of(new StatusView.OfConnection(
                        "main", "UTC", true, List.of(), held, held == null ? null : "away", locked, List.of(), 0, 0)),
                List.of(lists),
                List.of());
    }

    private static StatusView.OfList list(String because, Instant triedAt, Instant waitsUntil) {
        return new StatusView.OfList("Letters", "main", because, triedAt, waitsUntil, 0, null, null, null, null);
    }

    private long asked(String what) {
        return operations.asked.stream().filter(what::equals).count();
    }

    @Test
    @DisplayName("is still to deliver where its method is locked; one by another method is awaited")
    void lockedMethod() throws Exception {
        status(null, List.of(new StatusView.Locked("json/listsubscribe", LATER, "no scope")));

        Replay.End end = await(List.of(7L));

        assertThat(end.waiting()).containsExactly(7L);
        assertThat(end.clean(false)).isFalse();
        assertThat(paused).hasSizeLessThan(20);

        action = "unsubscribe";
        paused.clear();
        assertThat(await(List.of(7L)).waiting()).as("in the end").containsExactly(7L);
        assertThat(paused).hasSizeGreaterThan(100);
    }

    @Test
    @DisplayName(
            "is still to deliver where its connection or list is held, or its list waits for a call that prepares it")
    void held() throws Exception {
        status(LATER, List.of());
        assertThat(await(List.of(7L)).waiting()).containsExactly(7L);
        status(null, List.of(), list("answers 2004 to everybody", LATER, null));
        assertThat(await(List.of(7L)).waiting()).containsExactly(7L);
        status(null, List.of(), list("is not what its purpose says", null, null));
        assertThat(await(List.of(7L)).waiting()).containsExactly(7L);
        status(null, List.of(), list(null, null, LATER));
        assertThat(await(List.of(7L)).waiting()).containsExactly(7L);
        assertThat(paused).hasSizeLessThan(40);
    }

    @Test
    @DisplayName("is given up where nothing says why, and none has ended for five minutes")
    void withoutReason() throws Exception {
        status(null, List.of());

        Replay.End end = await(List.of(7L, 8L));

        assertThat(end.waiting()).containsExactly(7L, 8L);
        assertThat(paused.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    @DisplayName("by the hundred asks for the whole status once a second, and not once for each")
    void many() throws Exception {
        status(LATER, List.of());
        List<Long> ids = LongStream.rangeClosed(1, 2000).boxed().toList();

        assertThat(await(ids).waiting()).isEqualTo(ids);
        assertThat(asked("status")).isEqualTo(1);

        operations.asked.clear();
        assertThat(await(List.of()).waiting()).isEmpty();
        assertThat(asked("status")).isZero();
    }

    @Test
    @DisplayName("is awaited while some of them can still be sent")
    void some() throws Exception {
        status(null, List.of(new StatusView.Locked("json/listsubscribe", NOW.plusSeconds(5), "a moment")));
        replaying.addAll(List.of(1L, 2L));
        Replay replay = new Replay(operations, () -> NOW, time -> {
            pause(time);
            if (paused.size() > 50) {
                replaying.clear();
            }
        });

        assertThat(replay.await(new DeadLettersHandled(List.of(1L, 2L, 3L))).done())
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(Collections.max(paused)).isEqualTo(Duration.ofSeconds(1));
    }
}
