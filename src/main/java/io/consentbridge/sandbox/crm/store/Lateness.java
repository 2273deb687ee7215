package io.consentbridge.sandbox.crm.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes that have been made and are not visible yet. Each keeps the time at which it was made, so that what becomes
 * visible later may be older than what was visible before.
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

    /** Applies the changes that are visible by that time, in the order in which they become visible. */
    void upTo(long now) {
        List<Late> due = new ArrayList<>(
                waiting.stream().filter(late -> late.visibleAt() <= now).toList());
        waiting.removeAll(due);
        due.sort(Comparator.comparingLong(Late::visibleAt));
        due.forEach(late -> late.change().run());
    }

    /** Applies the waiting changes of one record, which keep their order. */
    void of(int ordinal) {
        List<Late> mine =
                waiting.stream().filter(late -> late.ordinal() == ordinal).toList();
        waiting.removeAll(mine);
        mine.forEach(late -> late.change().run());
    }
}
