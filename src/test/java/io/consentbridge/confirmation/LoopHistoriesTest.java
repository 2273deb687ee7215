package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.confirmation.LoopModel.Act;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What holds of the closed loop in every history. The build plays some thousands; {@code -Dhistories=1000000} plays more, and
 * {@code -Dhistories.seed} others.
 */
@DisplayName("LoopHistoriesTest: what holds of the closed loop in every random history")
class LoopHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("histories", 5_000);
    private static final long SEED = Long.getLong("histories.seed", 12);
    private static final Set<Act> AGAINST = EnumSet.of(Act.REFUSE, Act.OPT_OUT, Act.EXPIRE, Act.BOUNCE);
    private static final Act[] ACTS = Act.values();
    // The usual way, so that many histories come to a delivery.
    private static final List<Act> USUAL = List.of(Act.GROUND, Act.RUN, Act.MAIL, Act.CONFIRM);

    private interface Check {
        void of(List<Act> history, Random random);
    }

    private static void inEvery(Check check) {
        for (int number = 0; number < HISTORIES; number++) {
            Random random = new Random(SEED * 1_000_003 + number);
            List<Act> history = new ArrayList<>();
            int length = 4 + random.nextInt(14);
            while (history.size() < length) {
                if (random.nextInt(3) == 0) {
                    history.addAll(USUAL.subList(0, 1 + random.nextInt(USUAL.size())));
                } else {
                    history.add(ACTS[random.nextInt(ACTS.length)]);
                }
            }
            check.of(List.copyOf(history), random);
        }
    }

    private static List<Act> with(List<Act> history, int at, Act more) {
        List<Act> changed = new ArrayList<>(history);
        changed.add(at, more);
        return changed;
    }

    @Test
    @DisplayName("A refusal, an opt-out, an expiry or a bounce at the end never adds a delivery")
    void monotone() {
        int[] delivered = new int[1];
        inEvery((history, random) -> {
            boolean before = LoopModel.after(history).delivers();
            delivered[0] += before ? 1 : 0;
            for (Act act : AGAINST) {
                if (LoopModel.after(with(history, history.size(), act)).delivers()) {
                    assertThat(before).as("%s and %s", history, act).isTrue();
                }
            }
        });
        assertThat(delivered[0]).as("histories that deliver").isGreaterThan(HISTORIES / 50);
    }

    @Test
    @DisplayName("The same anywhere in a history adds no delivery unless the person confirms after it")
    void anywhere() {
        inEvery((history, random) -> {
            int at = random.nextInt(history.size() + 1);
            Act act = List.copyOf(AGAINST).get(random.nextInt(AGAINST.size()));
            boolean confirms = history.subList(at, history.size()).contains(Act.CONFIRM);
            if (!confirms || act == Act.REFUSE) {
                boolean after = LoopModel.after(with(history, at, act)).delivers();
                assertThat(!after || LoopModel.after(history).delivers())
                        .as("%s at %s of %s", act, at, history)
                        .isTrue();
            }
        });
    }

    @Test
    @DisplayName(
            "A refusal survives everything: new wording, new address, deletion and creation, and every later click")
    void refusalSurvives() {
        int[] refused = new int[1];
        inEvery((history, random) -> {
            LoopModel model = LoopModel.after(history);
            if (model.refused()) {
                refused[0]++;
                List<Act> longer = new ArrayList<>(history);
                for (int more = 0; more < 12; more++) {
                    longer.add(ACTS[random.nextInt(ACTS.length)]);
                    LoopModel later = LoopModel.after(longer);
                    assertThat(later.delivers()).as("%s", longer).isFalse();
                    assertThat(later.mails()).as("%s", longer).isEqualTo(model.mails());
                }
            }
        });
        assertThat(refused[0]).as("histories with a refusal").isGreaterThan(HISTORIES / 50);
    }

    @Test
    @DisplayName("An unknown word delivers nobody and asks nobody")
    void unknownWords() {
        inEvery((history, random) -> {
            LoopModel unknown = LoopModel.after(with(history, history.size(), Act.UNKNOWN_WORD));
            assertThat(unknown.delivers()).as("%s", history).isFalse();
            assertThat(LoopModel.after(
                                    with(with(history, history.size(), Act.UNKNOWN_WORD), history.size() + 1, Act.RUN))
                            .asks())
                    .as("%s", history)
                    .isEqualTo(unknown.asks());
        });
    }

    @Test
    @DisplayName("Scanners that open every link change nothing")
    void scanners() {
        inEvery((history, random) -> {
            List<Act> scanned = new ArrayList<>();
            history.forEach(act -> scanned.addAll(List.of(act, Act.SCAN)));
            LoopModel one = LoopModel.after(history);
            LoopModel other = LoopModel.after(scanned);
            assertThat(List.of(other.delivers(), other.mails(), other.asks(), other.refused()))
                    .isEqualTo(List.of(one.delivers(), one.mails(), one.asks(), one.refused()));
        });
    }

    @Test
    @DisplayName("Without a ground nobody is written to, and without a click nobody is delivered")
    void noGroundNoMail() {
        inEvery((history, random) -> {
            List<Act> groundless =
                    history.stream().filter(act -> act != Act.GROUND).toList();
            LoopModel model = LoopModel.after(groundless);
            assertThat(model.mails()).as("%s", groundless).isZero();
            assertThat(model.delivers()).as("%s", groundless).isFalse();
            List<Act> silent =
                    history.stream().filter(act -> act != Act.CONFIRM).toList();
            assertThat(LoopModel.after(silent).delivers()).as("%s", silent).isFalse();
        });
    }

    @Test
    @DisplayName(
            "One mail at most for each request, and a person is asked again only after askAgain or at another address")
    void once() {
        inEvery((history, random) -> {
            LoopModel model = LoopModel.after(history);
            long chances = 1
                    + history.stream()
                            .filter(act -> act == Act.ASK_AGAIN_IS_OVER || act == Act.NEW_ADDRESS)
                            .count();
            assertThat(model.mails()).as("%s", history).isLessThanOrEqualTo(model.asks());
            assertThat((long) model.asks()).as("%s", history).isLessThanOrEqualTo(chances);
        });
    }

    @Test
    @DisplayName("No step leaves a refusal, and each word is that of its state")
    void states() {
        for (RequestState state : RequestState.values()) {
            assertThat(RequestState.of(state.word())).isEqualTo(state);
            for (RequestState.Step step : RequestState.Step.values()) {
                RequestState next = state.after(step).orElse(state);
                if (state.refuses()) {
                    assertThat(next).isEqualTo(state);
                }
                if (next == RequestState.GIVEN && state != next) {
                    assertThat(step).isEqualTo(RequestState.Step.CONFIRM);
                    assertThat(state.open()).isTrue();
                }
            }
        }
    }
}
