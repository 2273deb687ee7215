package io.consentbridge.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The status of a member only rises. */
class LadderTest {

    private static final Ladder LADDER = ladder();

    private static Ladder ladder() {
        Map<String, Optional<Reaction>> rungs = new LinkedHashMap<>();
        rungs.put("Planned", Optional.empty());
        rungs.put("Sent", Optional.of(Reaction.SENT));
        rungs.put("Clicked", Optional.of(Reaction.CLICKED));
        rungs.put("Responded", Optional.empty());
        return new Ladder(rungs);
    }

    @Test
    @DisplayName("A status rises to the word of the reaction, and never falls")
    void rises() {
        assertThat(LADDER.raise(Optional.of("Planned"), Reaction.SENT)).contains("Sent");
        assertThat(LADDER.raise(Optional.of("Sent"), Reaction.CLICKED)).contains("Clicked");
        assertThat(LADDER.raise(Optional.of("Clicked"), Reaction.SENT)).isEmpty();
        assertThat(LADDER.raise(Optional.of("Responded"), Reaction.CLICKED)).isEmpty();
    }

    @Test
    @DisplayName("A status that is not on the ladder was set by a person and stays")
    void notOnTheLadder() {
        assertThat(LADDER.raise(Optional.of("Met at the fair"), Reaction.CLICKED))
                .isEmpty();
    }

    @Test
    @DisplayName("A member without a status gets the word, and a reaction without a word that of the next weaker one")
    void withoutStatus() {
        assertThat(LADDER.raise(Optional.empty(), Reaction.OPENED)).contains("Sent");
        assertThat(LADDER.raise(Optional.of(" "), Reaction.CLICKED)).contains("Clicked");
        assertThat(Ladder.NONE.raise(Optional.empty(), Reaction.CLICKED)).isEmpty();
    }

    @Property(tries = 300)
    @Label("Whatever is met in whatever order, the status never falls")
    void monotone(@ForAll @Size(max = 12) List<Reaction> reactions) {
        Optional<String> now = Optional.of("Planned");
        for (Reaction reaction : reactions) {
            Optional<String> before = now;
            now = LADDER.raise(now, reaction).or(() -> before);
            assertThat(LADDER.words().indexOf(now.get()))
                    .isGreaterThanOrEqualTo(LADDER.words().indexOf(before.get()));
        }
    }
}
