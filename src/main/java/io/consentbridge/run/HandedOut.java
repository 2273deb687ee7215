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
 * What a run was handed to read and has not kept yet, and what it has read to its end. Routes carry each page from the step that
 * reads to the step that keeps; an edit of a route that loses a page, puts another in its place or leaves a step out is refused, so
 * that no refusal and no person is passed over. What is refused stays refused: a page that was not kept is not forgotten, and the run
 * comes to no good end.
 */
public final class HandedOut {

    /** What a run reads, each to its end. */
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

        /** Without these nobody may be mailed. */
        private static final Set<Stage> TO_MAIL = EnumSet.of(WHO_LEFT, OPT_OUTS, READY);

        private final String what;

        Stage(String what) {
            this.what = what;
        }
    }

    /** One part of a stage, such as one module. */
    private record Part(Stage stage, String name) {}

    private final Set<Stage> begun = ConcurrentHashMap.newKeySet();
    private final Set<Part> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> unready = Optional.empty();
    private volatile boolean wentOn;
    private final Set<Object> outstanding =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** The same pages, which are a stage, and of which none is given before the one before it has been kept. */
    public <T> Iterator<T> of(Stage stage, Iterator<T> pages) {
        begin(stage, Set.of(""));
        return of(stage, "", pages);
    }

    /** The same pages, which are a part of a stage that was begun. */
    public <T> Iterator<T> of(Stage stage, String part, Iterator<T> pages) {
        return of(pages, () -> open.remove(new Part(stage, part)));
    }

    /** A stage begins, of which these are the parts; one without parts is at its end. */
    public void begin(Stage stage, Collection<String> parts) {
        open.removeIf(part -> part.stage() == stage);
        parts.forEach(part -> open.add(new Part(stage, part)));
        begun.add(stage);
    }

    /** A stage that has no pages is at its end. */
    public void did(Stage stage) {
        begin(stage, Set.of());
    }

    /** What keeps the run from subscribing anybody; empty when nothing does. */
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

            // A walk that failed or was stopped has nothing more either, but is not at its end.
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

    /** @throws ConsentBreach when the run was handed another page */
    public void require(Object page) {
        if (!outstanding.isEmpty() && !outstanding.contains(page)) {
            throw new ConsentBreach("another page than the one that was read reaches the step that keeps it");
        }
    }

    /** The page is kept. */
    public void kept(Object page) {
        outstanding.remove(page);
    }

    /** @throws ConsentBreach when a page was handed out and not kept */
    void requireKept() {
        if (!outstanding.isEmpty()) {
            throw new ConsentBreach("a page that was read does not reach the step that keeps it");
        }
    }

    /** @throws ConsentBreach when not every module was swept to its end, or a page of one was not kept */
    public void requireSwept() {
        requireEnded(EnumSet.of(Stage.OPT_OUTS));
    }

    /** The sweep of a module goes on where an earlier one was interrupted. */
    public void goOn() {
        wentOn = true;
    }

    /** Whether the sweep of any module began before this run read it. */
    public boolean wentOn() {
        return wentOn;
    }

    /** @throws ConsentBreach when something was not read without which nobody may be mailed */
    public void requireToMail() {
        requireEnded(Stage.TO_MAIL);
    }

    /**
     * @param leaversOnly whether no records are read
     * @throws ConsentBreach when something was not read to its end
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
        // Once more: on another thread the last page may have been handed out meanwhile.
        requireKept();
    }
}
