package io.consentbridge.sandbox.crm.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes that have been made and cannot be read yet. Each keeps the time at which it was made, so that what becomes visible
 * later may be older than what could be read before.
 */
final class Lateness {

    private record Late(long visibleAt, int ordinal, Runnable change) {}

    private final List<Late> waiting = new ArrayList<>();

    void add(long visibleAt, int ordinal, Runnable change) {
        waiting.add(new Late(visibleAt, ordinal, change));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Carries out what can be read by that time, in the order in which it becomes visible. */
    void upTo(long now) {
        List<Late> due = new ArrayList<>(
                waiting.stream().filter(late -> late.visibleAt() <= now).toList());
        waiting.removeAll(due);
        due.sort(Comparator.comparingLong(Late::visibleAt));
        due.forEach(late -> late.change().run());
    }

    /** Carries out what waits for one record, whose changes keep their order. */
    void of(int ordinal) {
        List<Late> mine =
                waiting.stream().filter(late -> late.ordinal() == ordinal).toList();
        waiting.removeAll(mine);
        mine.forEach(late -> late.change().run());
    }
}
