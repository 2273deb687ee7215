package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.runtime.Preview;
import io.consentbridge.runtime.Previews;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds what a command names.
 *
 * <p>Every method throws {@link OperationFailure.UnknownName}, with the known names, when nothing has that name.
 */
final class NameLookup {

    private static final int RECENT = 100;

    private final Supplier<Configuration> configuration;
    private final FanOutParts parts;
    private final RunQueries runs;
    private final DeadLetters deadLetters;
    private final Previews previews;

    /** @param configuration the current configuration */
    NameLookup(
            Supplier<Configuration> configuration,
            FanOutParts parts,
            RunQueries runs,
            DeadLetters deadLetters,
            Previews previews) {
        this.configuration = configuration;
        this.parts = parts;
        this.runs = runs;
        this.deadLetters = deadLetters;
        this.previews = previews;
    }

    /** Returns a sync, or a part of one. */
    Sync sync(String name) {
        return instructions()
                .find(name)
                .orElseThrow(() -> new OperationFailure.UnknownName(
                        "sync", name, configuration.get().syncs().keySet()));
    }

    /** Returns a sync, a part of one, or a deleted sync whose runs are kept. */
    String withHistory(String name) {
        return runs.newest(name).isPresent() ? name : sync(name).name();
    }

    /**
     * Returns a sync of a file; files, schedules and overrides concern the whole sync, not a part of it.
     *
     * @throws OperationFailure.Refused when the name is that of a part, or of a sync that carries recipients
     */
    Sync file(String name) {
        Sync sync = sync(name);
        if (sync.part().isPresent()) {
            throw new OperationFailure.Refused(sync.name() + ": is a part of " + sync.file() + ". Use that name");
        }
        sync.campaign().ifPresent(share -> {
            throw new OperationFailure.Refused(sync.name() + ": carries the recipients of campaign " + share.campaign()
                    + ", and this version carries out no campaign");
        });
        return sync;
    }

    /**
     * Returns a sync that delivers people itself.
     *
     * @throws OperationFailure.Refused when it delivers them through its parts
     */
    Sync withoutParts(String name) {
        Sync sync = sync(name);
        if (sync.hasParts()) {
            List<String> names = instructions().names(sync);
            throw new OperationFailure.Refused(sync.name() + ": has parts, and a preview shows one part. "
                    + (names.isEmpty() ? "Its first run finds the parts" : "name " + String.join(", ", names)));
        }
        return sync;
    }

    Run run(String id) {
        return runs.show(id).orElseThrow(() -> new OperationFailure.UnknownName("run", id, recent()));
    }

    /**
     * Returns a run that has records of its own.
     *
     * @throws OperationFailure.Refused when they are in its part runs
     */
    Run runOfRecords(String id) {
        Run run = run(id);
        List<Run> partRuns = runs.partsOf(run.id());
        if (!partRuns.isEmpty()) {
            throw new OperationFailure.Refused("run " + run.id()
                    + " is a parent run. Its records are in the part runs: "
                    + String.join(", ", partRuns.stream().map(Run::id).toList()));
        }
        return run;
    }

    private List<String> recent() {
        return runs.list(Optional.empty(), RECENT).stream().map(Run::id).toList();
    }

    DeadLetter letter(long id) {
        return deadLetters
                .show(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("dead letter", String.valueOf(id), List.of()));
    }

    Preview preview(String id) {
        return previews.find(id).orElseThrow(() -> new OperationFailure.UnknownName("preview", id, List.of()));
    }

    /** @throws OperationFailure.Refused when the preview is not ready */
    Preview readyPreview(String id) {
        Preview preview = preview(id);
        if (preview.state() != Preview.State.READY) {
            throw new OperationFailure.Refused("the preview is not ready. Ask again later");
        }
        return preview;
    }

    /** Returns all syncs and their known parts. */
    SyncCatalog instructions() {
        return parts.instructions(configuration.get());
    }
}
