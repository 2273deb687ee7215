package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sync.Selection.All;
import io.consentbridge.sync.Selection.Campaign;
import io.consentbridge.sync.Selection.Condition;
import io.consentbridge.sync.Selection.CreatedRange;
import io.consentbridge.sync.Selection.Criteria;
import io.consentbridge.sync.Selection.Each;
import io.consentbridge.sync.Selection.Kind;
import io.consentbridge.sync.Selection.Nothing;
import io.consentbridge.sync.Selection.View;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a selection takes. */
class SelectionTest {

    @Test
    @DisplayName("B19, B45: a selection is whole only when it takes all records, whenever they were created")
    void whole() {
        CreatedRange thisYear = new CreatedRange(LocalDate.of(2026, 1, 1), null);

        assertThat(new Selection(new All(), Optional.empty()).isWhole()).isTrue();
        assertThat(new Selection(new All(), Optional.of(thisYear)).isWhole()).isFalse();
        assertThat(of(new View("Hot leads")).isWhole()).isFalse();
        assertThat(of(criteria(null, 2)).isWhole()).isFalse();
    }

    @Test
    @DisplayName("A change of its own can take a record out of conditions and views, and out of nothing else")
    void leftByChange() {
        assertThat(of(criteria(null, 1)).canBeLeftByChange()).isTrue();
        assertThat(of(new View("Hot leads")).canBeLeftByChange()).isTrue();
        assertThat(of(new All()).canBeLeftByChange()).isFalse();
        assertThat(of(new Campaign("12")).canBeLeftByChange()).isFalse();
        assertThat(of(new Nothing()).canBeLeftByChange()).isFalse();
    }

    @Test
    @DisplayName("B26: conditions without a pattern must all hold, with one they are joined as it says")
    void joined() {
        assertThat(criteria(null, 3).joined().text()).isEqualTo("((1 and 2) and 3)");
        assertThat(criteria("1 or (2 and 3)", 3).joined().text()).isEqualTo("(1 or (2 and 3))");
    }

    @Test
    @DisplayName("B29: only a pattern that mixes and with or in an unusual way surprises")
    void surprises() {
        assertThat(criteria("1 or 2 and 3", 3).surprises()).isTrue();
        assertThat(criteria("1 or (2 and 3)", 3).surprises()).isFalse();
        assertThat(criteria(null, 3).surprises()).isFalse();
    }

    @Test
    @DisplayName("B104: what a sync with parts makes a list of is called view or campaign")
    void words() {
        assertThat(new Each(Kind.VIEW, List.of()).kind().word()).isEqualTo("view");
        assertThat(new Each(Kind.CAMPAIGN, List.of()).kind().word()).isEqualTo("campaign");
    }

    private static Selection of(Selection.Scope scope) {
        return new Selection(scope, Optional.empty());
    }

    private static Criteria criteria(String pattern, int conditions) {
        return new Criteria(Collections.nCopies(conditions, new Condition("Title", "is-empty", null)), pattern);
    }
}
