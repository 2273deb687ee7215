package io.consentbridge.run;

import io.consentbridge.consent.ConsentBreach;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a run was handed to read and has not kept yet. Routes carry each page from the step that reads to the step that keeps; an
 * edit of a route that loses a page or puts another in its place is refused, so that no refusal and no person is passed over. What
 * is refused stays refused: a page that was not kept is not forgotten, and the run comes to no good end.
 */
final class HandedOut {

    private final Set<String> unswept = ConcurrentHashMap.newKeySet();
    private volatile boolean sweeping;
    private volatile boolean wentOn;
    private volatile Object outstanding;

    /** The same pages, of which none is given before the one before it has been kept. */
    <T> Iterator<T> of(Iterator<T> pages) {
        return of(pages, () -> {});
    }

    /** The pages of one module that is swept. */
    <T> Iterator<T> ofModule(String module, Iterator<T> pages) {
        return of(pages, () -> unswept.remove(module));
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
                outstanding = page;
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
    void require(Object page) {
        if (outstanding != null && outstanding != page) {
            throw new ConsentBreach("another page than the one that was read reaches the step that keeps it");
        }
    }

    /** The page is kept. */
    void kept() {
        outstanding = null;
    }

    /** @throws ConsentBreach when a page was handed out and not kept */
    void requireKept() {
        if (outstanding != null) {
            throw new ConsentBreach("a page that was read does not reach the step that keeps it");
        }
    }

    /** These modules are to be swept to their end. */
    void toSweep(Collection<String> modules) {
        unswept.clear();
        unswept.addAll(modules);
        sweeping = true;
    }

    /** The sweep of a module goes on where an earlier one was interrupted. */
    void goOn() {
        wentOn = true;
    }

    /** Whether the sweep of any module began before this run read it. */
    boolean wentOn() {
        return wentOn;
    }

    /** @throws ConsentBreach when a module was not swept to its end, or a page of one was not kept */
    void requireSwept() {
        requireKept();
        if (!sweeping || !unswept.isEmpty()) {
            throw new ConsentBreach("not every module is read for people who refuse mail");
        }
    }
}
