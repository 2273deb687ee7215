package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.ConnectionSyncs;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.runtime.Schedules;
import io.consentbridge.runtime.SyncLifecycle;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.function.Supplier;

/** Creates, changes, activates, deactivates and deletes syncs by command (B64-B66, B84-B86). */
final class SyncService {

    private static final String BY_COMMAND = "by command";

    private final Supplier<Configuration> configuration;
    private final NameLookup names;
    private final SyncActivation activation;
    private final RunAdmission admission;
    private final Schedules schedules;
    private final OutboxQueries outbox;
    private final SyncLifecycle files;

    /** @param configuration the current configuration */
    SyncService(
            Supplier<Configuration> configuration,
            NameLookup names,
            SyncActivation activation,
            RunAdmission admission,
            Schedules schedules,
            OutboxQueries outbox,
            SyncLifecycle files) {
        this.configuration = configuration;
        this.names = names;
        this.activation = activation;
        this.admission = admission;
        this.schedules = schedules;
        this.outbox = outbox;
        this.files = files;
    }

    void activate(String name) {
        Sync sync = names.file(name);
        if (admission.activate(sync, BY_COMMAND) instanceof Admission.Refused refused) {
            throw new OperationFailure.Refused(refused.message());
        }
        schedules.fit(configuration.get());
    }

    void deactivate(String name) {
        Sync sync = names.file(name);
        activation.deactivate(ConnectionSyncs.beside(configuration.get(), sync), sync.name(), BY_COMMAND);
        schedules.fit(configuration.get());
    }

    void create(String name, SyncSource text) {
        settled(files.create(name, text.from(), text.text()));
    }

    void edit(String name, SyncSource text) {
        settled(files.edit(names.file(name).name(), text.from(), text.text()));
    }

    SyncDeleted delete(String name) {
        Sync gone = names.file(name);
        List<String> syncs = names.instructions().names(gone);
        long before = waiting(syncs, Action.SUBSCRIBE);
        settled(files.delete(gone.name()));
        long leaving = waiting(syncs, Action.UNSUBSCRIBE) + waiting(syncs, Action.DO_NOT_MAIL);
        return new SyncDeleted(gone.name(), before, leaving);
    }

    private long waiting(List<String> syncs, Action action) {
        return syncs.stream().mapToLong(sync -> outbox.waitingFor(sync, action)).sum();
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
