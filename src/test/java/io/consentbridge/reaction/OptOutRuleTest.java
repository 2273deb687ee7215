package io.consentbridge.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.reaction.WriteBack.OptOuts;
import io.consentbridge.reaction.WriteBack.When;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who left by themselves, and what the CRM is told of it. */
class OptOutRuleTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final OptOutRule ANY =
            new OptOutRule(new OptOuts(When.ANY_LIST, Optional.of("Email_Opt_Out"), Map.of(), List.of("Leads")));
    private static final OptOutRule ALL =
            new OptOutRule(new OptOuts(When.ALL_LISTS, Optional.of("Email_Opt_Out"), Map.of(), List.of("Leads")));
    private static final OptOutRule EACH = new OptOutRule(
            new OptOuts(When.ANY_LIST, Optional.empty(), Map.of("news", "News_Opt_Out"), List.of("Leads")));
    private static final OptOutRule EACH_ALL = new OptOutRule(
            new OptOuts(When.ALL_LISTS, Optional.empty(), Map.of("news", "News_Opt_Out"), List.of("Leads")));

    private static Departure left(String... purposes) {
        return new Departure(1, Set.of(purposes), NOON, false, Optional.empty(), Optional.empty());
    }

    @Test
    @DisplayName("Somebody who left one list opts out with any-list, whatever other lists they are on")
    void anyList() {
        assertThat(ANY.fields(left("news"), List.of(Set.of("letter")))).containsExactly("Email_Opt_Out");
    }

    @Test
    @DisplayName("With all-lists they opt out once they are on no list any more")
    void allLists() {
        assertThat(ALL.fields(left("news"), List.of(Set.of("letter")))).isEmpty();
        assertThat(ALL.fields(left("news"), List.of())).containsExactly("Email_Opt_Out");
    }

    @Test
    @DisplayName("With a field for each purpose, leaving a list refuses its purpose alone")
    void purposes() {
        assertThat(EACH.fields(left("news", "letter"), List.of())).containsExactly("News_Opt_Out");
        assertThat(EACH.fields(left("letter"), List.of())).isEmpty();
    }

    @Test
    @DisplayName("With a field for each purpose, all-lists means all lists of that purpose")
    void allListsOfAPurpose() {
        assertThat(EACH_ALL.fields(left("news"), List.of(Set.of("letter")))).containsExactly("News_Opt_Out");
        assertThat(EACH_ALL.fields(left("news"), List.of(Set.of("news")))).isEmpty();
    }

    @Test
    @DisplayName("Somebody whom the product took off for its own reasons never counts as one who left")
    void takenOff() {
        Departure ours = new Departure(1, Set.of("news"), NOON, true, Optional.of(NOON), Optional.empty());

        assertThat(ANY.fields(ours, List.of())).isEmpty();
    }

    @Test
    @DisplayName("Somebody who had left before the product took them off left by themselves")
    void leftBefore() {
        Departure theirs =
                new Departure(1, Set.of("news"), NOON, false, Optional.of(NOON.plusSeconds(1)), Optional.empty());

        assertThat(ANY.fields(theirs, List.of())).containsExactly("Email_Opt_Out");
    }

    @Test
    @DisplayName(
            "Somebody whom the product subscribed again after it had taken them off, and who left then, left by themselves")
    void leftAfterReturning() {
        Departure theirs = new Departure(
                1, Set.of("news"), NOON, false, Optional.of(NOON.minusSeconds(60)), Optional.of(NOON.minusSeconds(30)));

        assertThat(ANY.fields(theirs, List.of())).containsExactly("Email_Opt_Out");
    }

    @Property(tries = 400)
    @Label("What the product did itself is never written as an opt-out of the person")
    void oursIsNeverTheirs(
            @ForAll boolean takenOff, @ForAll @IntRange(min = -50, max = 50) int removed, @ForAll boolean all) {
        Instant removedAt = NOON.plusSeconds(removed);
        Departure departure =
                new Departure(1, Set.of("news"), NOON, takenOff, Optional.of(removedAt), Optional.empty());

        Set<String> written = (all ? ALL : ANY).fields(departure, List.of());

        if (takenOff || !removedAt.isAfter(NOON)) {
            assertThat(written).isEmpty();
        } else {
            assertThat(written).containsExactly("Email_Opt_Out");
        }
    }
}
