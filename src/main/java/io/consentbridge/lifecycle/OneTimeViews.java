package io.consentbridge.lifecycle;

import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Advises a schedule where a one-time sync uses a view that another sync used before: a periodic sync reads what is new or
 * modified, whereas each one-time sync reads everything (B68). Knows only syncs that have a file.
 */
public final class OneTimeViews {

    private final RunQueries runs;

    public OneTimeViews(RunQueries runs) {
        this.runs = runs;
    }

    /** Returns the advice; empty when there is none. */
    public Optional<String> advice(Collection<Sync> all, Sync sync) {
        if (sync.retrieve() != Sync.Retrieve.ONCE || views(sync).isEmpty()) {
            return Optional.empty();
        }
        Instant own = completed(sync).orElse(Instant.MAX);
        return all.stream()
                .filter(other -> !other.name().equals(sync.name()))
                .filter(other -> other.connection().equals(sync.connection())
                        && other.module().equals(sync.module()))
                .filter(other -> sharesView(sync, other))
                .filter(other -> completed(other).filter(own::isAfter).isPresent())
                .min(Comparator.comparing(Sync::name))
                .map(other -> text(sync, other));
    }

    private Optional<Instant> completed(Sync sync) {
        return runs.lastCompleted(sync.name()).flatMap(Run::finishedAt);
    }

    private static String text(Sync sync, Sync other) {
        String view = views(sync)
                .filter(names -> names.size() == 1)
                .map(names -> "the view \"" + names.get(0) + "\"")
                .orElse("views");
        return "it reads " + view + " of " + sync.module() + " once, as sync " + other.name()
                + " did before. Use one sync with retrieve: new-or-modified and a schedule instead, such as"
                + " {every: day, at: \"07:30\"}, which reads only new or modified records";
    }

    private static boolean sharesView(Sync one, Sync other) {
        Optional<List<String>> mine = views(one);
        Optional<List<String>> theirs = views(other);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return false;
        }
        List<String> taken = theirs.get().stream().map(OneTimeViews::key).toList();
        return mine.get().isEmpty()
                || taken.isEmpty()
                || mine.get().stream().map(OneTimeViews::key).anyMatch(taken::contains);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the names of the sync's views, an empty list if it reads the whole module; empty for a sync that uses no view.
     */
    private static Optional<List<String>> views(Sync sync) {
        if (sync.selection().scope() instanceof Selection.View view) {
            return Optional.of(List.of(view.name()));
        }
        return sync.selection().scope() instanceof Selection.Each each && each.kind() == Selection.Kind.VIEW
                ? Optional.of(each.names())
                : Optional.empty();
    }
}
