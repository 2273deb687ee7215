package io.consentbridge.polling;

import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.decision.SecondAddresses;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code sweep-opt-outs}: before a run reads its records, it learns who opted out, on a later page or
 * in another module, so that nobody is delivered before their opt-out is read (B51-B53, docs/decisions/0013-rulings.md,
 * ruling 5).
 */
public final class OptOutSweep {

    private final PeopleModules people;
    private final Function<Connection, Set<String>> modules;
    private final CrmReader reader;
    private final Cursors cursors;
    private final PageStore pages;
    private final Members members;
    private final BasisReader words;
    private final ErasedRecords erased;
    private final InstantSource clock;
    private final ReadLease lease;
    private final Duration overlap;

    /**
     * @param modules gives the modules that the syncs of a connection read
     * @param words reads the words for the lawful basis
     * @param erased takes out whom nothing is stored of again
     * @param lease how this process reads runs
     * @param overlap how far before the last sweep each sweep begins
     */
    public OptOutSweep(
            PeopleModules people,
            Function<Connection, Set<String>> modules,
            CrmReader reader,
            Cursors cursors,
            PageStore pages,
            Members members,
            BasisReader words,
            ErasedRecords erased,
            InstantSource clock,
            ReadLease lease,
            Duration overlap) {
        this.people = people;
        this.modules = modules;
        this.reader = reader;
        this.cursors = cursors;
        this.pages = pages;
        this.members = members;
        this.words = words;
        this.erased = erased;
        this.clock = clock;
        this.lease = lease;
        this.overlap = overlap;
    }

    /**
     * The sync's own module, and every other module in which people can refuse mail.
     *
     * @throws RunFault when one of them cannot be read
     */
    public List<SweptModule> modules(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        String own = run.sync().module();
        Map<String, PeopleFields> all = new LinkedHashMap<>();
        all.put(own, PeopleFields.usual(Set.of()));
        all.putAll(people.all(run.connection(), run.id(), ofSyncs(run)));
        // Pages of a selection do not bring every record of the module, so it is swept like a module without pages.
        boolean pagesFollow = run.sync().selection().isWhole();
        List<SweptModule> swept = all.entrySet().stream()
                .flatMap(module -> module(run, module.getKey(), pagesFollow, module.getValue()).stream())
                .toList();
        run.handed()
                .begin(
                        HandedOut.Stage.OPT_OUTS,
                        swept.stream().map(SweptModule::name).toList());
        return swept;
    }

    /**
     * Notes that all modules have been swept to the end, so that deliveries need not be checked again for a while. This does
     * not hold if the run went on with an interrupted sweep, whose first pages are old.
     */
    public void end(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().requireSwept();
        cursors.beginBetweenRuns(run.connection().name(), run.sync().name());
        if (!run.handed().wentOn()) {
            people.swept(run.connection().name(), run.startedAt());
        }
    }

    /** The sync's own module; where the setting leaves out all others, also the modules of the other syncs. */
    private Set<String> ofSyncs(ActiveRun run) {
        Set<String> own = new HashSet<>(Set.of(run.sync().module()));
        if (run.connection().without("*")) {
            own.addAll(modules.apply(run.connection()));
        }
        return own;
    }

    private static Optional<SweptModule> module(ActiveRun run, String name, boolean pagesFollow, PeopleFields has) {
        boolean own = name.equals(run.sync().module()) && pagesFollow;
        Optional<SweptModule> swept = swept(name, own, has);
        return swept.isEmpty() && changesMatter(run, name) ? Optional.of(SweptModule.changes(name)) : swept;
    }

    /** A module with these fields; empty when nobody can refuse mail there. */
    public static Optional<SweptModule> swept(String name, boolean own, PeopleFields has) {
        List<String> seconds = has.names().stream()
                .filter(field -> !RefusalFields.isOne(field))
                .sorted()
                .toList();
        return SweptModule.of(name, own, has, seconds);
    }

    private static boolean changesMatter(ActiveRun run, String module) {
        return module.equals(run.sync().module()) && UnmatchedPolling.followsChanges(run.sync());
    }

    /** The pages of one module from where its last sweep ended; each is requested when the previous one has been stored. */
    public Iterator<SweptPage> pages(@Body SweptModule module, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        SweepCursor from = cursors.sweep(run.sync().name(), module.name());
        if (from.next().isPresent()) {
            run.handed().goOn();
        }
        ModuleSweep sweep = new ModuleSweep(
                run.connection(),
                module,
                from,
                overlap,
                (condition, position) -> reader.pages(new ReadRequest(
                        run.connection(), run.id(), module.name(), module.columns(), condition, position)),
                erased.leftOut(run.connection().name(), module.columns()),
                () -> people.unread(run.connection().name()));
        return run.handed()
                .of(HandedOut.Stage.OPT_OUTS, module.name(), new StoppableIterator<>(sweep, lease.stopping()));
    }

    /**
     * Stores what the page says: who must not be mailed, who may be mailed again, and which of the sync's own records
     * changed. A changed record that no page then brings is known to have left the selection. A person who opted out in
     * another module and is on the list leaves it, if the sync says so, and is counted. The sync's own records are counted
     * by their pages, unless a limit lets only leavers through, so that no page is read.
     */
    public void commit(@Body SweptPage page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        Instant now = clock.instant();
        String module = page.module().name();
        List<OptOut> optOuts =
                OptOut.in(page, run, words, pages.refusers(run.connection().name(), page.records(), words));
        Optional<Action> action = Action.of(run.sync().optedOut());
        Collection<OptOut> leavers = action.isEmpty() ? List.of() : leavers(page, run, optOuts);
        LostBySweep lost = LostBySweep.of(page, run, words, pages, now);
        pages.commit(PageWrites.of(run, lease)
                .suppressions(
                        optOuts.stream()
                                .map(optOut -> optOut.suppression(run, now))
                                .toList(),
                        origins(page))
                .outcomes(leavers.stream().map(OptOut::outcome).toList())
                .drafts(leaving(leavers, run, action))
                .ledger(Stream.concat(leavers.stream().map(optOut -> optOut.event(run, now)), lost.events().stream())
                        .toList())
                .progress(Optional.of(progress(page, run)))
                .keeping(new PageWrites.Keeping(run.list().id(), List.of(), Set.of(), action)
                        .with(lost.records(), lost.days())
                        .with(origins(page), OptOut.withheld(page, words))
                        .with(new SecondAddresses(page.addresses(), run.sync().heedsSecondaryAddresses())))
                .build());
        run.handed().kept(page);
    }

    /**
     * The origins of records that speak of consent, with their modification; such a record that states no refusal ends its
     * earlier one.
     */
    private static Map<String, Instant> origins(SweptPage page) {
        if (!page.module().speaksOfConsent()) {
            return Map.of();
        }
        return page.records().stream()
                .collect(Collectors.toMap(
                        record -> Suppression.crm(page.module().name(), record.id()),
                        CrmRecord::modified,
                        (one, other) -> one.isAfter(other) ? one : other));
    }

    // A record is counted once, even if it stood for another person before.
    private static List<Draft> leaving(Collection<OptOut> leavers, ActiveRun run, Optional<Action> action) {
        Set<String> counted = new HashSet<>();
        return leavers.stream()
                .map(optOut -> {
                    Draft draft = optOut.leaving(run, action.orElseThrow());
                    return counted.add(optOut.recordId()) ? draft : draft.uncounted();
                })
                .toList();
    }

    private static Checkpoint progress(SweptPage page, ActiveRun run) {
        String module = page.module().name();
        Checkpoint swept = new Checkpoint.Sweep(module, page.reached());
        return changesMatter(run, module)
                ? new Checkpoint.Both(
                        swept,
                        new Checkpoint.Changes(
                                page.records().stream().collect(Collectors.toMap(CrmRecord::id, CrmRecord::modified))))
                : swept;
    }

    private Collection<OptOut> leavers(SweptPage page, ActiveRun run, List<OptOut> all) {
        List<OptOut> optOuts = notOfPages(page, run, all);
        if (optOuts.isEmpty()) {
            return List.of();
        }
        Map<Person, Member> known =
                members.of(run.list().id(), optOuts.stream().map(OptOut::person).toList());
        Map<Person, OptOut> leavers = new LinkedHashMap<>();
        for (OptOut optOut : optOuts) {
            Member member = known.get(optOut.person());
            if (member != null && member.perhapsOnList()) {
                leavers.putIfAbsent(optOut.person(), optOut);
            }
        }
        return leavers.values();
    }

    /**
     * Opt-outs that no page counts. The pages count the sync's own records, except those that it no longer selects and those
     * that changed without a new {@code Modified_Time}.
     */
    private List<OptOut> notOfPages(SweptPage page, ActiveRun run, List<OptOut> optOuts) {
        boolean pagesFollow = page.module().own()
                && !run.leaversOnly()
                && run.sync().selection().isWhole();
        if (!pagesFollow || optOuts.isEmpty()) {
            return optOuts;
        }
        if (run.full()) {
            return List.of();
        }
        Map<String, Instant> modified = page.records().stream()
                .collect(Collectors.toMap(CrmRecord::id, CrmRecord::modified, (one, same) -> same));
        Map<String, SourceRecord> known =
                pages.knowledge(run, modified.keySet(), List.of()).records();
        return optOuts.stream()
                .filter(optOut -> Optional.ofNullable(known.get(optOut.recordId()))
                        .filter(record -> record.modified().equals(modified.get(optOut.recordId())))
                        .isPresent())
                .toList();
    }
}
