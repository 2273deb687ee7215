package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a claim promises, whatever is claimed. A claim is not renewed: its call ends before it does, or does not leave.
 *
 * @param <T> what is claimed
 */
abstract class LeaseContract<T> {

    static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    static final Duration LEASE = Duration.ofMinutes(5);
    static final Instant ENDED = NOW.plus(LEASE);

    private final TestDatabase engine;
    Database database;

    LeaseContract(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        prepare();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What of a call becomes of one claimed row. */
    enum End {
        DONE,
        DEAD,
        AGAIN_LATER,
        GIVEN_BACK
    }

    /** Stores what the rows need. */
    abstract void prepare();

    /** Stores a row of that name, or stores it anew. */
    abstract void enqueue(String name);

    abstract List<T> claim(String holder, int max, Instant now, Instant until);

    abstract String name(T claimed);

    /** Settles what a holder claimed, or once did; what comes again later is due when the lease ends. */
    abstract void settle(String holder, T claimed, End end, Instant now);

    abstract void handBack(String holder);

    abstract void abandonAll();

    abstract String state(String name);

    private List<T> claim(String holder, Instant now) {
        return claim(holder, 100, now, now.plus(LEASE));
    }

    private T claimOne(String holder, Instant now) {
        List<T> claimed = claim(holder, now);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private List<String> names(List<T> claimed) {
        return claimed.stream().map(this::name).toList();
    }

    @Test
    @DisplayName("What is claimed nobody else gets, nor its holder once more, until the lease ends")
    void leaseEnds() {
        enqueue("a");
        assertThat(claim("one", NOW)).hasSize(1);

        Instant last = ENDED.minusMillis(1);
        assertThat(claim("other", last)).isEmpty();
        assertThat(claim("one", last)).isEmpty();
        assertThat(names(claim("other", ENDED))).containsExactly("a");
    }

    @Test
    @DisplayName("A holder whose claim another one has taken over settles nothing, whatever became of its call")
    void wrongHolder() {
        for (End end : End.values()) {
            String name = "late " + end;
            enqueue(name);
            T late = claimOne("one", NOW);
            T second = claimOne("other", ENDED);

            settle("one", late, end, ENDED);

            assertThat(state(name)).as(name).isEqualTo("pending");
            assertThat(claim("third", ENDED)).as("it is the other's still").isEmpty();
            settle("other", second, End.DONE, ENDED);
            assertThat(state(name)).as(name).isEqualTo("done");
        }
    }

    @Test
    @DisplayName("A holder that settles after its lease ended, before anybody took it over, settles what it did")
    void lateAndAlone() {
        enqueue("a");
        T late = claimOne("one", NOW);

        settle("one", late, End.DONE, ENDED.plus(LEASE));

        assertThat(state("a")).isEqualTo("done");
        assertThat(claim("other", ENDED.plus(LEASE))).isEmpty();
    }

    @Test
    @DisplayName("Settling twice changes nothing: what is done stays done")
    void settledTwice() {
        enqueue("a");
        T claimed = claimOne("one", NOW);
        settle("one", claimed, End.DONE, NOW);

        for (End end : End.values()) {
            settle("one", claimed, end, NOW);
            settle("other", claimed, end, NOW);
            assertThat(state("a")).isEqualTo("done");
        }
    }

    @Test
    @DisplayName("What is given back is claimed again at once, and what is tried again later when it is due")
    void notDone() {
        enqueue("a");
        settle("one", claimOne("one", NOW), End.GIVEN_BACK, NOW);
        settle("other", claimOne("other", NOW), End.AGAIN_LATER, NOW);

        assertThat(state("a")).isEqualTo("pending");
        assertThat(claim("one", ENDED.minusMillis(1))).isEmpty();
        assertThat(names(claim("one", ENDED))).containsExactly("a");
    }

    @Test
    @DisplayName("A dead letter is claimed by nobody")
    void dead() {
        enqueue("a");
        settle("one", claimOne("one", NOW), End.DEAD, NOW);

        assertThat(state("a")).isEqualTo("dead-lettered");
        assertThat(claim("other", ENDED)).isEmpty();
    }

    @Test
    @DisplayName("A clean shutdown gives back the claims of its own process, and no others")
    void handedBack() {
        enqueue("a");
        enqueue("b");
        String first = name(claim("one", 1, NOW, ENDED).get(0));
        assertThat(claim("other", NOW)).hasSize(1);

        handBack("one");

        assertThat(names(claim("third", NOW))).containsExactly(first);
    }

    @Test
    @DisplayName("What a killed process had claimed is claimed again at once where no other process uses the database")
    void abandoned() {
        enqueue("a");
        T killed = claimOne("one", NOW);

        abandonAll();

        T second = claimOne("other", NOW);
        settle("one", killed, End.DEAD, NOW);
        assertThat(state("a")).isEqualTo("pending");
        settle("other", second, End.DONE, NOW);
        assertThat(state("a")).isEqualTo("done");
    }

    @Test
    @DisplayName("What comes in anew while its call is under way is claimed once more, whatever became of that call")
    void overtaken() {
        for (End end : End.values()) {
            String name = "overtaken " + end;
            enqueue(name);
            T claimed = claimOne("one", NOW);
            enqueue(name);
            assertThat(claim("other", NOW)).as("the call is under way").isEmpty();

            settle("one", claimed, end, NOW);

            assertThat(state(name)).as(name).isEqualTo("pending");
            T anew = claimOne("other", NOW);
            settle("other", anew, End.DONE, NOW);
            assertThat(state(name)).as(name).isEqualTo("done");
        }
    }

    @Test
    @DisplayName("Two holders that claim at once share what is due, and neither gets anything of the other")
    void shared() throws Exception {
        List<String> all = IntStream.range(0, 60).mapToObj(i -> "r" + i).toList();
        all.forEach(this::enqueue);
        List<String> claimed = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<String>>> both = List.of("one", "other").stream()
                    .map(holder -> pool.submit(() -> {
                        List<String> mine = new ArrayList<>();
                        for (int i = 0; i < 40; i++) {
                            mine.addAll(names(claim(holder, 5, NOW, ENDED)));
                        }
                        return mine;
                    }))
                    .toList();
            for (Future<List<String>> each : both) {
                claimed.addAll(each.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(all);
    }
}
