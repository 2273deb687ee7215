package io.consentbridge.cli;

import io.consentbridge.api.SelectionView;
import io.consentbridge.api.SyncView;
import java.io.PrintWriter;
import java.util.List;

/** Writes syncs for a reader at a terminal. */
record SyncText(Words words) {

    void list(List<SyncView> syncs, PrintWriter out) {
        TextTable table = new TextTable()
                .left("SYNC", "STATE")
                .whole("NEXT RUN", "LAST RUN")
                .left("RESULT")
                .right("WAITING")
                .remark("SCHEDULE");
        for (SyncView sync : syncs) {
            table.row(
                    sync.name(),
                    sync.state(),
                    words.next(sync.zone(), sync.nextRun()),
                    sync.lastRun() == null
                            ? null
                            : Words.timeIn(sync.zone(), sync.lastRun().startedAt()),
                    sync.lastRun() == null ? null : sync.lastRun().state(),
                    sync.waiting(),
                    sync.schedule());
        }
        if (syncs.isEmpty()) {
            out.println("No sync.");
        } else {
            table.print(out);
            because(syncs, out);
        }
    }

    private void because(List<SyncView> syncs, PrintWriter out) {
        List<SyncView> off =
                syncs.stream().filter(sync -> sync.because() != null).toList();
        if (!off.isEmpty()) {
            out.println();
        }
        off.forEach(sync -> out.println(Visible.line(
                sync.name() + ": " + sync.state() + " because " + Words.timesOf(sync.zone(), sync.because()))));
    }

    void show(SyncView sync, PrintWriter out) {
        SyncView.Settings settings = sync.settings();
        Facts facts = new Facts()
                .add("sync", sync.name())
                .add("state", sync.state() + (sync.because() == null ? "" : " (" + sync.because() + ")"))
                .add("connection", sync.connection())
                .add("module", sync.module())
                .add("select", settings.select())
                .add(
                        "pattern",
                        settings.selection() == null
                                ? null
                                : settings.selection().pattern())
                .lines("conditions", settings.selection() == null ? List.of() : conditions(settings.selection()))
                .lines(
                        "notes",
                        settings.selection() == null
                                ? List.of()
                                : settings.selection().notes())
                .lines(
                        "warning",
                        settings.selection() == null
                                ? List.of()
                                : settings.selection().warnings())
                .add("purpose", sync.purpose() + ", lawful basis " + settings.lawfulBasis())
                .add("consent", settings.consent())
                .add("evidence", settings.evidence())
                .add("list", settings.list())
                .add("on the list", onList(sync))
                .lines("parts", parts(sync))
                .add("subscription", settings.subscription())
                .lines("mapping", mapping(settings))
                .add("template", settings.mappingTemplate())
                .add(
                        "empty values",
                        settings.updateEmptyValues() ? "erased in Campaigns too" : "left as Campaigns has them")
                .add(
                        "create fields",
                        settings.createFields()
                                ? "fields that Campaigns lacks are created"
                                : "a field that Campaigns lacks fails the run")
                .add("retrieve", settings.retrieve())
                .add("full scan", settings.fullScan().equals("never") ? "never" : "every " + settings.fullScan())
                .add("deleted", settings.deleted())
                .add("opted out", settings.optedOut())
                .add("other addresses", settings.secondaryAddresses())
                .add("unmatched", settings.unmatched())
                .add("consent lost", settings.consentLost())
                .add("returning", settings.returning())
                .add("converted leads", settings.convertedLeads())
                .add("schedule", sync.schedule())
                .add("next run", words.next(sync.zone(), sync.nextRun()))
                .lines(words.runtime() ? "and then" : "scheduled runs", due(sync))
                .add("last run", lastRun(sync, sync.lastRun()))
                .add("pending", Words.count(sync.waiting(), "delivery", "deliveries"))
                .add("nobody subscribed", sync.listHeld())
                .add("held", sync.held() == 0 ? null : Words.number(sync.held()) + " removals")
                .lines("waits for", fullRun(sync))
                .add("advice", sync.advice());
        facts.print(out);
    }

    private static String onList(SyncView sync) {
        return sync.onList() == null
                ? null
                : "%s active, %s of them not subscribed by ConsentBridge, %s of ours missing; read %s"
                        .formatted(
                                Words.number(sync.onList().active()),
                                Words.number(sync.onList().notOurs()),
                                Words.number(sync.onList().missing()),
                                Words.timeIn(sync.zone(), sync.onList().readAt()));
    }

    /** Returns the due times; all of them without a runtime, so that a schedule can be judged before the first start. */
    private List<String> due(SyncView sync) {
        return sync.nextRuns().stream()
                .skip(words.runtime() ? 1 : 0)
                .map(at -> Words.timeIn(sync.zone(), at))
                .toList();
    }

    private static List<String> parts(SyncView sync) {
        return sync.parts().stream()
                .map(part -> part.name() + ", last run " + lastRun(sync, part.lastRun())
                        + (part.gone() ? ", gone or no longer selected" : "") + " (" + part.sync() + ")")
                .toList();
    }

    private static List<String> conditions(SelectionView selection) {
        return selection.conditions().stream()
                .map(part -> part.number() + "  " + part.text() + evaluated(part))
                .toList();
    }

    private static String evaluated(SelectionView.Part part) {
        if (part.evaluated() == null) {
            return "";
        }
        return switch (part.evaluated()) {
            case "crm" -> ": in the CRM";
            case "both" -> ": in the CRM and again in ConsentBridge, because " + part.because();
            default -> ": in ConsentBridge, because " + part.because();
        };
    }

    private static List<String> fullRun(SyncView sync) {
        return sync.waitsForFullRun().isEmpty()
                ? List.of()
                : List.of(
                        "a full run (sync run " + sync.name() + " --full): people who were synced before and"
                                + " whose records have",
                        "not changed since lack " + String.join(", ", sync.waitsForFullRun()));
    }

    private static String lastRun(SyncView sync, SyncView.LastRun run) {
        return run == null ? "-" : Words.timeIn(sync.zone(), run.startedAt()) + " " + run.state();
    }

    private static List<String> mapping(SyncView.Settings settings) {
        return settings.mapping().entrySet().stream()
                .map(field -> field.getKey() + " ← " + field.getValue())
                .toList();
    }
}
