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
    @DisplayName("B19, B45: a selection is complete only when it takes all records, created at any time")
    void whole() {
        CreatedRange thisYear = new CreatedRange(LocalDate.of(2026, 1, 1), null);

        assertThat(new Selection(new All(), Optional.empty()).isWhole()).isTrue();
        assertThat(new Selection(new All(), Optional.of(thisYear)).isWhole()).isFalse();
        assertThat(of(new View("Hot leads")).isWhole()).isFalse();
        assertThat(of(criteria(null, 2)).isWhole()).isFalse();
    }

    @Test
    @DisplayName("A record's own change can remove it from conditions and views, and from nothing else")
    void leftByChange() {
        assertThat(of(criteria(null, 1)).canBeLeftByChange()).isTrue();
        assertThat(of(new View("Hot leads")).canBeLeftByChange()).isTrue();
        assertThat(of(new All()).canBeLeftByChange()).isFalse();
        assertThat(of(new Campaign("12")).canBeLeftByChange()).isFalse();
        assertThat(of(new Nothing()).canBeLeftByChange()).isFalse();
    }

    @Test
    @DisplayName("B26: conditions without a pattern must all be true; a pattern joins them as it says")
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
    @DisplayName("B104: each list of a sync with parts belongs to a view or campaign, and is named so")
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
