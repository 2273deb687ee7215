package io.consentbridge.api;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.lifecycle.OneTimeViews;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Components;
import io.consentbridge.runtime.NextRuns;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates the views of syncs. */
final class SyncViews {

    private final SyncCatalog instructions;
    private final NextRuns nextRuns;
    private final Components.History history;
    private final Components.Reading polling;
    private final MappedFields mapped;
    private final HeldLists heldLists;
    private final boolean asking;
    private final InstantSource clock;

    /** @param asking whether Zoho may be asked, because its routes are loaded */
    SyncViews(
            SyncCatalog instructions,
            NextRuns nextRuns,
            Components.History history,
            Components.Reading polling,
            MappedFields mapped,
            HeldLists heldLists,
            boolean asking,
            InstantSource clock) {
        this.instructions = instructions;
        this.nextRuns = nextRuns;
        this.history = history;
        this.polling = polling;
        this.mapped = mapped;
        this.heldLists = heldLists;
        this.asking = asking;
        this.clock = clock;
    }

    /** Returns the view without asking Zoho. */
    SyncView of(Sync sync) {
        return of(sync, SelectionViews.of(sync));
    }

    /**
     * Returns the view with where each of its conditions is evaluated, for which Zoho may be asked for the module's fields.
     * Where no route starts, Zoho is not asked, and the view leaves this open.
     */
    SyncView whole(Sync sync) {
        if (!asking) {
            return of(sync, SelectionViews.unasked(sync));
        }
        Connection connection = instructions.files().settings().connections().get(sync.connection());
        LocalDate today = LocalDate.ofInstant(clock.instant(), connection.zone());
        return of(sync, SelectionViews.of(sync, connection, polling.selections(), today));
    }

    static String zone(Connection connection) {
        return ZoneOffset.UTC.equals(connection.zone())
                ? "UTC"
                : connection.zone().getId();
    }

    private SyncView of(Sync sync, SelectionView selection) {
        Connection connection = instructions.files().settings().connections().get(sync.connection());
        Sync owner = instructions.owner(sync);
        SyncActivation.State state = nextRuns.state(owner);
        Optional<Run> last = history.queries().newest(sync.name());
        List<String> names = instructions.names(sync);
        Map<String, Long> held = polling.brake().held();
        return new SyncView(
                sync.name(),
                state.active() ? "active" : "inactive",
                state.because().isEmpty() ? null : state.because(),
                connection.name(),
                sync.module(),
                sync.purpose(),
                sync.schedule()
                        .map(schedule -> schedule.text() + ", " + zone(connection))
                        .orElse(null),
                nextRuns.of(owner).map(NextRuns.NextRun::at).orElse(null),
                nextRuns.of(owner, 3),
                zone(connection),
                last.map(SyncViews::lastRun).orElse(null),
                last.map(this::pending).orElse(0L),
                names.stream()
                        .flatMap(name -> mapped.waiting(name, sync.mapping()).stream())
                        .distinct()
                        .toList(),
                names.stream().mapToLong(name -> held.getOrDefault(name, 0L)).sum(),
                instructions.partsOf(sync.name()).stream().map(this::part).toList(),
                onList(sync),
                listHeld(sync),
                new OneTimeViews(history.queries())
                        .advice(instructions.files().syncs().values(), sync)
                        .orElse(null),
                settings(sync, selection));
    }

    private SyncView.OnList onList(Sync sync) {
        if (sync.hasParts()) {
            return null;
        }
        String list = instructions.purpose(sync).list();
        return history.lists().lists().stream()
                .filter(found -> found.connection().equals(sync.connection())
                        && found.list().equals(list))
                .findFirst()
                .map(found -> new SyncView.OnList(found.readAt(), found.active(), found.foreign(), found.missing()))
                .orElse(null);
    }

    private String listHeld(Sync sync) {
        List<String> lists = sync.hasParts()
                ? instructions.partsOf(sync.name()).stream()
                        .map(part -> instructions.purpose(part).list())
                        .toList()
                : List.of(instructions.purpose(sync).list());
        List<String> because = heldLists.of(sync.connection()).stream()
                .filter(held -> lists.stream().anyMatch(list -> ListName.same(list, held.list())))
                .map(held -> held.list() + ": " + held.because())
                .toList();
        return because.isEmpty() ? null : String.join("; ", because);
    }

    private long pending(Run run) {
        return Stream.concat(Stream.of(run), history.queries().partsOf(run.id()).stream())
                .mapToLong(one -> history.outcomes().counters(one.id()).pending())
                .sum();
    }

    private SyncView.Part part(Sync part) {
        return new SyncView.Part(
                part.name(),
                part.part().orElseThrow().label(),
                instructions.purpose(part).list(),
                part.selection().scope() instanceof Selection.Nothing,
                history.queries().newest(part.name()).map(SyncViews::lastRun).orElse(null));
    }

    private static SyncView.LastRun lastRun(Run run) {
        return new SyncView.LastRun(
                run.id(), run.state().word(), run.startedAt(), run.finishedAt().orElse(null));
    }

    private SyncView.Settings settings(Sync sync, SelectionView selection) {
        Purpose purpose = instructions.purpose(sync);
        return new SyncView.Settings(
                purpose.lawfulBasis().word(),
                sync.hasParts() ? purpose.list() + " - …" : purpose.list(),
                sync.consent().map(SyncViews::word).orElse(null),
                word(sync.subscription()),
                SelectionViews.sentence(sync),
                sync.mapping().fields(),
                sync.mapping().template().orElse(null),
                sync.mapping().updateEmptyValues(),
                word(sync.evidence()),
                word(sync.retrieve()),
                word(sync.whenFullScan()),
                word(sync.deleted()),
                word(sync.optedOut()),
                word(sync.unmatched()),
                word(sync.whenConsentLost()),
                word(sync.returning()),
                sync.module().equals("Leads") ? word(sync.convertedLeads()) : null,
                sync.mapping().createFields(),
                word(sync.secondaryAddresses()),
                selection);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
