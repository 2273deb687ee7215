package io.consentbridge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModuleSweepTest {

    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant READ = Instant.parse("2026-11-22T09:00:00Z");
    private static final Cursor SETTLED = new Cursor(READ.minusSeconds(30), "");

    private final List<String> asked = new ArrayList<>();
    private final Deque<Object> answers = new ArrayDeque<>();

    private static SweptModule module(boolean own) {
        return SweptModule.of("Contacts", own, Set.of("Email", "Email_Opt_Out")).orElseThrow();
    }

    private static CrmPage page(boolean last, String... ids) {
        List<CrmRecord> records = java.util.Arrays.stream(ids)
                .map(id -> new CrmRecord(id, DAY.plusSeconds(Long.parseLong(id)), Map.of()))
                .toList();
        return new CrmPage(records, READ, last);
    }

    private static Cursor at(int id) {
        return new Cursor(DAY.plusSeconds(id), Integer.toString(id));
    }

    private static SweepCursor cursor(Cursor after, Instant changesSince) {
        return new SweepCursor(Optional.ofNullable(after), Optional.ofNullable(changesSince));
    }

    private ModuleSweep sweep(boolean own, SweepCursor from) {
        return new ModuleSweep("leads", module(own), from, (condition, after) -> {
            asked.add((condition == null ? "changes" : "refusals") + (after == null ? "" : " after " + after.id()));
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public CrmPage next() {
                    if (answers.remove() instanceof CrmPage page) {
                        return page;
                    }
                    throw new ZohoFault.Rejected("INVALID_MODULE", "main: Zoho CRM knows no module Contacts");
                }
            };
        });
    }

    private List<SweepCursor> walk(ModuleSweep sweep) {
        List<SweepCursor> reached = new ArrayList<>();
        sweep.forEachRemaining(page -> reached.add(page.reached()));
        return reached;
    }

    @Test
    @DisplayName("The first sweep of another module reads refusals; changes are read from when it began")
    void first() {
        answers.addAll(List.of(page(false, "1", "2"), page(true, "3")));

        assertThat(walk(sweep(false, SweepCursor.NONE)))
                .containsExactly(cursor(at(2), SETTLED.modified()), cursor(SETTLED, null));
        assertThat(asked).containsExactly("refusals");
    }

    @Test
    @DisplayName("A first sweep that finds nobody is over too")
    void firstFindsNobody() {
        answers.add(page(true));

        assertThat(walk(sweep(false, SweepCursor.NONE))).containsExactly(cursor(SETTLED, null));
    }

    @Test
    @DisplayName("A later sweep of another module reads whatever changed, so that who opted back in is found")
    void later() {
        answers.add(page(true, "7"));

        assertThat(walk(sweep(false, cursor(at(5), null)))).containsExactly(cursor(at(7), null));
        assertThat(asked).containsExactly("changes after 5");
    }

    @Test
    @DisplayName("After a crash, and in a full run, the rest of the refusals is read, and then the changes since")
    void goesOn() {
        answers.addAll(List.of(page(true, "3"), page(true, "9")));

        Instant since = DAY.plusSeconds(4);
        assertThat(walk(sweep(false, cursor(at(2), since))))
                .containsExactly(cursor(new Cursor(since, ""), null), cursor(at(9), null));
        assertThat(asked).containsExactly("refusals after 2", "changes after ");
    }

    @Test
    @DisplayName("The sync's own module is asked for refusals alone: its pages tell who opted back in")
    void own() {
        answers.addAll(List.of(page(true, "3"), page(true)));

        assertThat(walk(sweep(true, SweepCursor.NONE))).containsExactly(cursor(at(3), null));
        assertThat(walk(sweep(true, cursor(at(3), null)))).containsExactly(cursor(at(3), null));
        assertThat(asked).containsExactly("refusals", "refusals after 3");
    }

    @Test
    @DisplayName("Nothing is asked before a page is, and looking ahead asks nothing")
    void lazy() {
        assertThat(sweep(false, SweepCursor.NONE).hasNext()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    @DisplayName("Another module that may not be read is passed over and asked for again next time")
    void rejectedElsewhere() {
        answers.add("refused");

        ModuleSweep sweep = sweep(false, SweepCursor.NONE);
        assertThat(sweep.next().records()).isEmpty();
        assertThat(sweep.hasNext()).isFalse();
        answers.add("refused");
        assertThat(walk(sweep(false, cursor(at(5), null)))).containsExactly(cursor(at(5), null));
    }

    @Test
    @DisplayName("The sync's own module must be readable")
    void rejectedOwn() {
        answers.add("refused");

        assertThatThrownBy(() -> sweep(true, SweepCursor.NONE).next()).isInstanceOf(ZohoFault.Rejected.class);
    }

    @Test
    @DisplayName("Of a process that ends no further page is begun")
    void stopped() {
        answers.addAll(List.of(page(false, "1"), page(true, "2")));
        boolean[] stopping = {false};
        Iterator<SweptPage> pages = new UntilStopped<>(sweep(false, SweepCursor.NONE), () -> stopping[0]);
        pages.next();
        stopping[0] = true;

        assertThat(pages.hasNext()).isTrue();
        assertThatThrownBy(pages::next).isInstanceOf(ReadingStopped.class);
        assertThat(answers).hasSize(1);
    }
}
