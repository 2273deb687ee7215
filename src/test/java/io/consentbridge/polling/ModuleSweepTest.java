package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModuleSweepTest {

    private static final Connection MAIN = ZohoStandIn.connection("main", "http://127.0.0.1:1");
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant READ = Instant.parse("2026-11-22T09:00:00Z");
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final SweepCursor LATER = over(BEFORE);

    private final List<String> asked = new ArrayList<>();
    private final Deque<Object> answers = new ArrayDeque<>();
    private boolean unread;

    private static SweptModule module(boolean own) {
        return SweptModule.of("Contacts", own, Set.of("Email", "Email_Opt_Out")).orElseThrow();
    }

    private static CrmPage page(Instant readAt, boolean last, String... ids) {
        List<CrmRecord> records = Arrays.stream(ids)
                .map(id -> new CrmRecord(id, DAY.plusSeconds(Long.parseLong(id)), Map.of("Email_Opt_Out", false)))
                .toList();
        return new CrmPage(records, readAt, last);
    }

    private static Cursor at(int id) {
        return new Cursor(DAY.plusSeconds(id), Integer.toString(id));
    }

    private static SweepCursor over(Instant began) {
        return new SweepCursor(Optional.of(began), false, Optional.empty(), Optional.empty());
    }

    private ModuleSweep sweep(boolean own, SweepCursor from) {
        return sweep(own, from, OVERLAP);
    }

    private ModuleSweep sweep(boolean own, SweepCursor from, Duration overlap) {
        return new ModuleSweep(
                MAIN,
                module(own),
                from,
                overlap,
                (condition, after) -> {
                    asked.add(condition + (after == null ? "" : " after " + after.id()));
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
                            throw new ZohoFault.Rejected("NO_PERMISSION", "main: the user may not read Contacts");
                        }
                    };
                },
                records -> records,
                () -> unread = true);
    }

    private static List<SweepCursor> walk(ModuleSweep sweep) {
        List<SweepCursor> reached = new ArrayList<>();
        sweep.forEachRemaining(page -> reached.add(page.reached()));
        return reached;
    }

    @Test
    @DisplayName("The first sweep reads all refusals; the next begins at the time of its first page, by Zoho's clock")
    void first() {
        answers.addAll(List.of(page(READ, false, "1", "2"), page(READ.plusSeconds(60), true, "3")));

        assertThat(walk(sweep(false, SweepCursor.NONE)))
                .containsExactly(
                        new SweepCursor(Optional.empty(), true, Optional.of(READ), Optional.of(at(2))), over(READ));
        assertThat(asked).containsExactly("Email_Opt_Out = true");
    }

    @Test
    @DisplayName("A first sweep that finds nobody is complete too")
    void firstFindsNobody() {
        answers.add(page(READ, true));

        assertThat(walk(sweep(false, SweepCursor.NONE))).containsExactly(over(READ));
    }

    @Test
    @DisplayName(
            "B52: a later sweep reads all changes since ten minutes before the last one, to find late changes and people who opted back in")
    void later() {
        answers.add(page(READ, true, "7"));

        assertThat(walk(sweep(false, LATER))).containsExactly(over(READ));
        assertThat(asked).containsExactly("Modified_Time >= '2026-11-21T08:50:00+00:00'");
    }

    @Test
    @DisplayName("The second in which the last sweep began is read again even without an overlap")
    void noOverlap() {
        answers.add(page(READ, true));

        walk(sweep(false, LATER, Duration.ZERO));
        assertThat(asked).containsExactly("Modified_Time >= '2026-11-21T08:59:30+00:00'");
    }

    @Test
    @DisplayName(
            "A sweep continues after its last record after a crash, and the next one begins from the time when it began")
    void goesOn() {
        answers.add(page(READ, true, "9"));
        SweepCursor underWay = new SweepCursor(Optional.of(DAY), false, Optional.of(BEFORE), Optional.of(at(2)));

        assertThat(walk(sweep(false, underWay))).containsExactly(over(BEFORE));
        assertThat(asked).containsExactly("Modified_Time >= '2026-10-31T23:50:00+00:00' after 2");
    }

    @Test
    @DisplayName("A full run reads all refusals and what changed since the last sweep with one query")
    void full() {
        answers.addAll(List.of(page(READ, true), page(READ, true)));
        SweepCursor reset = new SweepCursor(Optional.of(BEFORE), true, Optional.empty(), Optional.empty());

        walk(sweep(false, reset));
        walk(sweep(true, reset));
        assertThat(asked)
                .containsExactly(
                        "(Email_Opt_Out = true or Modified_Time >= '2026-11-21T08:50:00+00:00')",
                        "Email_Opt_Out = true");
    }

    @Test
    @DisplayName("The sync's own module is queried for refusals alone: its pages show who opted back in")
    void own() {
        answers.addAll(List.of(page(READ, true, "3"), page(READ, true)));

        walk(sweep(true, SweepCursor.NONE));
        walk(sweep(true, LATER));
        assertThat(asked)
                .containsExactly(
                        "Email_Opt_Out = true",
                        "(Modified_Time >= '2026-11-21T08:50:00+00:00' and Email_Opt_Out = true)");
    }

    @Test
    @DisplayName("No query is made before a page is requested, and looking ahead makes none")
    void lazy() {
        assertThat(sweep(false, SweepCursor.NONE).hasNext()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    @DisplayName("B51: a module that may not be read stops the run, and says what to do")
    void rejected() {
        answers.add("refused");

        assertThatThrownBy(() -> sweep(false, SweepCursor.NONE).next())
                .isInstanceOf(RunFault.class)
                .hasMessageContainingAll("Contacts", "may not read", "zoho.main.without-modules");
        assertThat(unread).isTrue();
    }

    @Test
    @DisplayName("B51: a record without the field that was asked for stops the run; one whose field is empty does not")
    void absent() {
        CrmRecord silent = new CrmRecord("1", DAY, Map.of("Email", "jane@c1.example.com"));
        answers.add(new CrmPage(List.of(silent), READ, true));

        assertThatThrownBy(() -> sweep(false, SweepCursor.NONE).next())
                .isInstanceOf(RunFault.class)
                .hasMessageContainingAll("Contacts", "Email_Opt_Out");
        assertThat(unread).isTrue();

        unread = false;
        Map<String, Object> empty = new java.util.HashMap<>();
        empty.put("Email_Opt_Out", null);
        answers.add(new CrmPage(List.of(new CrmRecord("1", DAY, empty)), READ, true));
        assertThat(walk(sweep(false, SweepCursor.NONE))).hasSize(1);
    }

    @Test
    @DisplayName(
            "B51: a field that a whole page lacks is reported as hidden by the profile; a page of empty ones as privacy settings")
    void manyWithout() {
        answers.add(new CrmPage(many(Map.of("Email", "jane@c1.example.com")), READ, true));
        assertThatThrownBy(() -> sweep(false, SweepCursor.NONE).next())
                .hasMessageContainingAll(
                        "come without the field Email_Opt_Out", "Make the field visible to the profile");

        Map<String, Object> empty = new java.util.HashMap<>();
        empty.put("Email_Opt_Out", null);
        answers.add(new CrmPage(many(empty), READ, true));
        assertThatThrownBy(() -> sweep(false, SweepCursor.NONE).next())
                .hasMessageContainingAll("Contacts", "Email_Opt_Out", "privacy settings", "mass update");
    }

    private static List<CrmRecord> many(Map<String, Object> values) {
        return java.util.stream.IntStream.rangeClosed(1, 11)
                .mapToObj(i -> new CrmRecord(Integer.toString(i), DAY, values))
                .toList();
    }

    @Test
    @DisplayName("A process that ends reads no further page")
    void stopped() {
        answers.addAll(List.of(page(READ, false, "1"), page(READ, true, "2")));
        boolean[] stopping = {false};
        Iterator<SweptPage> pages = new StoppableIterator<>(sweep(false, SweepCursor.NONE), () -> stopping[0]);
        pages.next();
        stopping[0] = true;

        assertThat(pages.hasNext()).isTrue();
        assertThatThrownBy(pages::next).isInstanceOf(ReadingStopped.class);
        assertThat(answers).hasSize(1);
    }
}
