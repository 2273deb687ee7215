package io.consentbridge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.ConsentBreach;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a run was handed to read. */
class HandedOutTest {

    private final HandedOut handed = new HandedOut();

    @Test
    @DisplayName(
            "Pages are checked one by one: a page of one walk does not stand for that of another on another thread")
    void eachPage() {
        Iterator<String> records =
                handed.of(HandedOut.Stage.RECORDS, List.of("page").iterator());
        Iterator<String> deletions =
                handed.of(HandedOut.Stage.DELETIONS, List.of("deleted").iterator());
        String page = records.next();

        assertThatThrownBy(deletions::next).isInstanceOf(ConsentBreach.class);
        assertThatThrownBy(() -> handed.require("another")).isInstanceOf(ConsentBreach.class);
        handed.kept("another");
        assertThatThrownBy(handed::requireKept).isInstanceOf(ConsentBreach.class);
        handed.kept(page);
        assertThatCode(handed::requireKept).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("A run ends successfully only after each stage was read to its end")
    void everyStage() {
        EnumSet.complementOf(EnumSet.of(HandedOut.Stage.RECORDS, HandedOut.Stage.OPT_OUTS))
                .forEach(handed::did);
        handed.begin(HandedOut.Stage.OPT_OUTS, Set.of("Leads", "Contacts"));
        assertThat(handed.of(HandedOut.Stage.OPT_OUTS, "Leads", List.of().iterator())
                        .hasNext())
                .isFalse();

        assertThatThrownBy(() -> handed.requireAll(true)).hasMessageContaining("optOutSweep.pages");
        assertThat(handed.of(HandedOut.Stage.OPT_OUTS, "Contacts", List.of().iterator())
                        .hasNext())
                .isFalse();
        assertThatCode(() -> handed.requireAll(true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> handed.requireAll(false)).hasMessageContaining("polling.pages");
    }
}
