package io.consentbridge.api;

import io.consentbridge.lifecycle.ListSharers;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.RunQueries;
import io.consentbridge.sync.Sync;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Releases people whom the brake on mass removals holds back, once a person allows it. */
final class RemovalService {

    private final Runnable work;
    private final NameLookup names;
    private final RunQueries runs;
    private final RemovalBrake brake;

    /** @param work begins to deliver and to monitor, unless the process already does */
    RemovalService(Runnable work, NameLookup names, RunQueries runs, RemovalBrake brake) {
        this.work = work;
        this.names = names;
        this.runs = runs;
        this.brake = brake;
    }

    RunStarted allow(String sync, long people) {
        Sync known = names.sync(sync);
        if (known.hasParts()) {
            throw new OperationFailure.Refused(heldParts(known));
        }
        work.run();
        try {
            SyncCatalog now = names.instructions();
            ZoneId zone =
                    now.files().settings().connections().get(known.connection()).zone();
            String run = brake.allow(known, ListSharers.of(now, known), zone, people);
            boolean full = runs.show(run).map(Run::full).orElse(false);
            return new RunStarted(run, known.name(), full, false);
        } catch (RunFault refused) {
            throw new OperationFailure.Refused(refused.getMessage());
        }
    }

    private String heldParts(Sync sync) {
        Map<String, Long> held = brake.held();
        List<String> holding = names.instructions().names(sync).stream()
                .filter(held::containsKey)
                .map(part -> "sync run " + part + " --allow-removals " + held.get(part))
                .toList();
        return sync.name() + ": has parts, and the brake holds the removals of each part separately. "
                + (holding.isEmpty() ? "It holds none now" : "Use " + String.join(", ", holding));
    }
}
