package io.consentbridge.run;

import io.consentbridge.consent.ConsentBreach;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tracks the pages that a run was handed to read and has not stored yet, and the stages that it has read to the end. Routes
 * carry each page from the step that reads to the step that stores it. An edit of a route that loses a page, replaces it, or
 * leaves a step out is refused, so that no refusal and no person is missed. A refusal is final: a page that was not stored
 * is not forgotten, and the run fails.
 */
public final class HandedOut {

    /** A stage of a run's reading; each has to be read to the end. */
    public enum Stage {
        WHO_LEFT("who left the list (runBinding.readWhoLeft)"),
        OPT_OUTS("who refuses mail, in every module (optOutSweep.pages)"),
        READY("whether list and topics are as the purpose says (runBinding.requireReady)"),
        RECORDS("the records (polling.pages)"),
        DELETIONS("who was deleted (deletionPolling.pages)"),
        UNMATCHED("who left the selection (unmatchedPolling.pages)"),
        REMAINING("the records that remain (remainingRecords.pages)"),
        CONSENT_LOST("whose consent has ended (lostConsent.pages)"),
        REFUSING("which members refuse mail (refusingOnList.pages)"),
        LOST("who is missing from the list (lostOnList.pages)");

        /** The stages without which nobody may be mailed. */
        private static final Set<Stage> TO_MAIL = EnumSet.of(WHO_LEFT, OPT_OUTS, READY);

        private final String what;

        Stage(String what) {
            this.what = what;
        }
    }

    /** One reading of a stage, such as that of one module. */
    private record Part(Stage stage, String name) {}

    private final Set<Stage> begun = ConcurrentHashMap.newKeySet();
    private final Set<Part> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> unready = Optional.empty();
    private volatile boolean wentOn;
    private final Set<Object> outstanding =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** The same pages as a stage; a page is given only once the previous one has been stored. */
    public <T> Iterator<T> of(Stage stage, Iterator<T> pages) {
        begin(stage, Set.of(""));
        return of(stage, "", pages);
    }

    /** The same pages as one reading of a stage that was begun. */
    public <T> Iterator<T> of(Stage stage, String part, Iterator<T> pages) {
        return of(pages, () -> open.remove(new Part(stage, part)));
    }

    /** Begins a stage with these readings; a stage without readings is at its end. */
    public void begin(Stage stage, Collection<String> parts) {
        open.removeIf(part -> part.stage() == stage);
        parts.forEach(part -> open.add(new Part(stage, part)));
        begun.add(stage);
    }

    /** Notes that a stage has no pages and is at its end. */
    public void did(Stage stage) {
        begin(stage, Set.of());
    }

    /** The reason why the run may subscribe nobody; empty when there is none. */
    public Optional<String> unready() {
        return unready;
    }

    public void unready(Optional<String> because) {
        unready = because;
    }

    private <T> Iterator<T> of(Iterator<T> pages, Runnable atEnd) {
        requireKept();
        return new Iterator<>() {
            private boolean broken;

            // An iterator that failed or was stopped has no more pages either, but is not at its end.
            @Override
            public boolean hasNext() {
                boolean more = walk(pages::hasNext);
                if (!more && !broken) {
                    atEnd.run();
                }
                return more;
            }

            @Override
            public T next() {
                T page = walk(() -> {
                    requireKept();
                    return pages.next();
                });
                outstanding.add(page);
                return page;
            }

            private <R> R walk(Supplier<R> step) {
                boolean before = broken;
                broken = true;
                R result = step.get();
                broken = before;
                return result;
            }
        };
    }

    /** @throws ConsentBreach when the run was handed a different page */
    public void require(Object page) {
        if (!outstanding.isEmpty() && !outstanding.contains(page)) {
            throw new ConsentBreach("another page than the one that was read reaches the step that keeps it");
        }
    }

    /** Notes that the page is stored. */
    public void kept(Object page) {
        outstanding.remove(page);
    }

    /** @throws ConsentBreach when a page was handed out and not stored */
    void requireKept() {
        if (!outstanding.isEmpty()) {
            throw new ConsentBreach("a page that was read does not reach the step that keeps it");
        }
    }

    /** @throws ConsentBreach when not every module was swept to the end, or a page of one was not stored */
    public void requireSwept() {
        requireEnded(EnumSet.of(Stage.OPT_OUTS));
    }

    /** Notes that the sweep of a module goes on where an earlier one was interrupted. */
    public void goOn() {
        wentOn = true;
    }

    /** Whether the sweep of any module was begun by an earlier run. */
    public boolean wentOn() {
        return wentOn;
    }

    /** @throws ConsentBreach when a stage without which nobody may be mailed was not read to the end */
    public void requireToMail() {
        requireEnded(Stage.TO_MAIL);
    }

    /**
     * @param leaversOnly whether no records are read
     * @throws ConsentBreach when a stage was not read to the end
     */
    public void requireAll(boolean leaversOnly) {
        requireEnded(leaversOnly ? EnumSet.complementOf(EnumSet.of(Stage.RECORDS)) : EnumSet.allOf(Stage.class));
    }

    private void requireEnded(Set<Stage> stages) {
        requireKept();
        for (Stage stage : stages) {
            if (!begun.contains(stage) || open.stream().anyMatch(part -> part.stage() == stage)) {
                throw new ConsentBreach("a run does not read " + stage.what + " to the end");
            }
        }
        // Checked again: another thread may have been handed the last page meanwhile.
        requireKept();
    }
}
