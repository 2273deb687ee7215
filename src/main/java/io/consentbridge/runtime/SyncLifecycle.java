package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problem;
import io.consentbridge.config.Problems;
import io.consentbridge.config.SyncDraft;
import io.consentbridge.config.SyncFolder;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Creates, changes and deletes syncs by command (B64-B66): the file is checked like any other, written completely, and taken
 * over by a reload; when that is refused, the file is restored.
 */
public final class SyncLifecycle {

    private final Runtime runtime;
    private final SyncActivation activation;
    private final RunAdmission admission;
    private final SyncFolder folder;

    /** The result of a command. */
    public sealed interface Result {

        /** The change is in force. */
        record Done(Path file) implements Result {}

        /** Files are wrong, and nothing was changed. */
        record Wrong(List<Problem> problems) implements Result {}

        /** A rule refuses the change, and nothing was changed; the message names the rule and what to do. */
        record Forbidden(String message) implements Result {}
    }

    /**
     * @param runtime takes over the files; no other change of files happens at the same time
     * @param activation knows which syncs are active
     * @param admission knows the limit of active syncs
     */
    public SyncLifecycle(Runtime runtime, SyncActivation activation, RunAdmission admission) {
        this.runtime = runtime;
        this.activation = activation;
        this.admission = admission;
        this.folder = new SyncFolder(runtime.options().config());
    }

    /**
     * Creates a sync.
     *
     * @param label the source of the text, as the user knows it
     */
    public Result create(String sync, String label, String text) {
        synchronized (runtime) {
            Optional<Path> there = folder.find(sync);
            if (there.isPresent()) {
                return new Result.Forbidden(sync + ": the sync already exists, in " + there.get()
                        + ". Change it with sync edit, or choose another name");
            }
            if (!sync.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
                return new Result.Forbidden(
                        sync + ": not a valid name for a sync. Use letters, digits, dots, dashes and underscores");
            }
            Path home = folder.home(sync);
            if (Files.exists(home)) {
                return new Result.Forbidden(
                        sync + ": " + home + " contains a sync of another name. Rename that file first");
            }
            return put(new SyncDraft(sync, home, label, Optional.of(text)));
        }
    }

    /** Changes a sync; its next run uses the new text, and a run under way continues with the old one. */
    public Result edit(String sync, String label, String text) {
        synchronized (runtime) {
            return put(new SyncDraft(sync, file(sync), label, Optional.of(text)));
        }
    }

    /**
     * Deletes a sync: its waiting subscriptions are withdrawn, its waiting removals are still sent, and its history stays.
     */
    public Result delete(String sync) {
        synchronized (runtime) {
            return put(new SyncDraft(sync, file(sync), sync, Optional.empty()));
        }
    }

    private Path file(String sync) {
        return folder.find(sync).orElseGet(() -> folder.home(sync));
    }

    private Result put(SyncDraft draft) {
        Options options = runtime.options();
        Loaded loaded = options.load(Optional.of(draft));
        if (loaded instanceof Problems wrong) {
            return new Result.Wrong(wrong.all());
        }
        Optional<String> forbidden = objection(draft.sync(), (Configuration) loaded);
        if (forbidden.isPresent()) {
            return new Result.Forbidden(forbidden.get());
        }
        try {
            Optional<String> before =
                    Files.exists(draft.file()) ? Optional.of(Files.readString(draft.file())) : Optional.empty();
            folder.put(draft.file(), draft.text());
            Reload.Result taken = runtime.reload();
            if (!taken.problems().isEmpty()) {
                folder.put(draft.file(), before);
                return new Result.Wrong(taken.problems());
            }
            return new Result.Done(draft.file());
        } catch (IOException unwritable) {
            return new Result.Wrong(List.of(new Problem(
                    draft.file().toString(),
                    0,
                    0,
                    "the file cannot be written (" + unwritable.getClass().getSimpleName() + ")",
                    "free space on its disk and give the user of ConsentBridge write access there")));
        }
    }

    /** A sync beyond the limit of active syncs is refused here, and not created inactive (B60, B63). */
    private Optional<String> objection(String name, Configuration after) {
        Sync sync = after.syncs().get(name);
        if (sync == null) {
            return Optional.empty();
        }
        boolean surplus = activation.of(after).get(name).surplus();
        boolean before = Optional.ofNullable(
                        activation.of(runtime.configuration()).get(name))
                .filter(SyncActivation.State::surplus)
                .isPresent();
        return surplus && !before ? admission.objectionToActivate(sync) : Optional.empty();
    }
}
