package io.consentbridge.api;

import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Preview;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a command names.
 *
 * <p>Every method throws {@link OperationFailure.UnknownName}, with the names that there are, when there is none.
 */
final class NameLookup {

    private static final int RECENT = 100;

    private final Runtime runtime;

    NameLookup(Runtime runtime) {
        this.runtime = runtime;
    }

    /** A sync, or a part of one. */
    Sync sync(String name) {
        return instructions()
                .find(name)
                .orElseThrow(() -> new OperationFailure.UnknownName(
                        "sync", name, runtime.configuration().syncs().keySet()));
    }

    /** A sync, a part of one, or one that was deleted and of which runs are kept. */
    String withHistory(String name) {
        return runtime.components().history().queries().newest(name).isPresent()
                ? name
                : sync(name).name();
    }

    /**
     * A sync of a file; files, schedules and overrides concern the whole sync, not a part of it.
     *
     * @throws OperationFailure.Refused when it is a part
     */
    Sync file(String name) {
        Sync sync = sync(name);
        if (sync.part().isPresent()) {
            throw new OperationFailure.Refused(sync.name() + ": is a part of " + sync.file() + "; name that");
        }
        return sync;
    }

    /**
     * A sync that carries people itself.
     *
     * @throws OperationFailure.Refused when it does so by its parts
     */
    Sync withoutParts(String name) {
        Sync sync = sync(name);
        if (sync.hasParts()) {
            List<String> names = instructions().names(sync);
            throw new OperationFailure.Refused(sync.name() + ": has parts, and a preview is of one of them; "
                    + (names.isEmpty()
                            ? "its first run finds out which there are"
                            : "name " + String.join(", ", names)));
        }
        return sync;
    }

    Run run(String id) {
        return runtime.components()
                .history()
                .queries()
                .show(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("run", id, recent()));
    }

    private List<String> recent() {
        return runtime.components().history().queries().list(Optional.empty(), RECENT).stream()
                .map(Run::id)
                .toList();
    }

    DeadLetter letter(long id) {
        return runtime.components()
                .outbox()
                .deadLetters()
                .show(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("dead letter", String.valueOf(id), List.of()));
    }

    Preview preview(String id) {
        return runtime.previews()
                .find(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("preview", id, List.of()));
    }

    /** @throws OperationFailure.Refused when the preview is not ready */
    Preview readyPreview(String id) {
        Preview preview = preview(id);
        if (preview.state() != Preview.State.READY) {
            throw new OperationFailure.Refused("the preview is not ready; ask again when it is");
        }
        return preview;
    }

    /** All syncs and the parts that are known of them. */
    SyncCatalog instructions() {
        return runtime.components().lifecycle().parts().instructions(runtime.configuration());
    }
}
