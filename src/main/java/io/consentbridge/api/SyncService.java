package io.consentbridge.api;

import io.consentbridge.lifecycle.ConnectionSyncs;
import io.consentbridge.outbox.Action;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.runtime.SyncLifecycle;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import java.util.List;

/** The life of a sync by command: created, edited, switched on and off, deleted (B64-B66, B84-B86). */
final class SyncService {

    private static final String BY_COMMAND = "by command";

    private final Runtime runtime;
    private final NameLookup names;

    SyncService(Runtime runtime) {
        this.runtime = runtime;
        this.names = new NameLookup(runtime);
    }

    void activate(String name) {
        Sync sync = names.file(name);
        if (runtime.components().lifecycle().admission().activate(sync, BY_COMMAND)
                instanceof Admission.Refused refused) {
            throw new OperationFailure.Refused(refused.message());
        }
        runtime.schedules().fit(runtime.configuration());
    }

    void deactivate(String name) {
        Sync sync = names.file(name);
        runtime.components()
                .lifecycle()
                .activation()
                .deactivate(ConnectionSyncs.beside(runtime.configuration(), sync), sync.name(), BY_COMMAND);
        runtime.schedules().fit(runtime.configuration());
    }

    void create(String name, SyncSource text) {
        settled(new SyncLifecycle(runtime).create(name, text.from(), text.text()));
    }

    void edit(String name, SyncSource text) {
        settled(new SyncLifecycle(runtime).edit(names.file(name).name(), text.from(), text.text()));
    }

    SyncDeleted delete(String name) {
        Sync gone = names.file(name);
        List<String> syncs = names.instructions().names(gone);
        long before = waiting(syncs, Action.SUBSCRIBE);
        settled(new SyncLifecycle(runtime).delete(gone.name()));
        long leaving = waiting(syncs, Action.UNSUBSCRIBE) + waiting(syncs, Action.DO_NOT_MAIL);
        return new SyncDeleted(gone.name(), before, leaving);
    }

    private long waiting(List<String> syncs, Action action) {
        return syncs.stream()
                .mapToLong(sync -> runtime.components().outbox().outbox().waitingFor(sync, action))
                .sum();
    }

    private static void settled(SyncLifecycle.Result result) {
        if (result instanceof SyncLifecycle.Result.Wrong wrong) {
            throw new OperationFailure.Misconfigured(
                    wrong.problems().stream().map(Checkups::problem).toList());
        } else if (result instanceof SyncLifecycle.Result.Forbidden forbidden) {
            throw new OperationFailure.Refused(forbidden.message());
        }
    }
}
