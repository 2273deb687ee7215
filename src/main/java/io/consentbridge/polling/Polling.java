package io.consentbridge.polling;

import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.consent.Screened;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.LateChanges;
import io.consentbridge.decision.Candidate;
import io.consentbridge.decision.DecisionEvents;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.OpenPage;
import io.consentbridge.decision.PageAssembler;
import io.consentbridge.decision.PageDecisions;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.RememberedRefusals;
import io.consentbridge.decision.SecondAddresses;
import io.consentbridge.decision.SelectedPage;
import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.StoppableIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/**
 * The steps of the route {@code poll-crm}: they read pages of records, look up what is known of them, and store what was
 * decided.
 */
public final class Polling {

    private final CrmReader reader;
    private final CrmViews views;
    private final Cursors cursors;
    private final PageStore pages;
    private final Members members;
    private final PageAssembler keeper;
    private final BasisReader words;
    private final ErasedRecords erasedRecords;
    private final LateChanges late;
    private final BooleanSupplier stopping;

    /**
     * @param words reads the words for the lawful basis
     * @param erasedRecords recognises records of people who were erased, of whom nothing is stored again
     * @param overlap how late a change may become visible
     * @param stopping whether the process is about to end, so that no further page may be begun
     */
    public Polling(
            CrmReader reader,
            CrmViews views,
            Cursors cursors,
            PageStore pages,
            Members members,
            PageAssembler keeper,
            BasisReader words,
            ErasedRecords erasedRecords,
            Duration overlap,
            BooleanSupplier stopping) {
        this.reader = reader;
        this.views = views;
        this.cursors = cursors;
        this.pages = pages;
        this.members = members;
        this.keeper = keeper;
        this.words = words;
        this.erasedRecords = erasedRecords;
        this.late = new LateChanges(overlap);
        this.stopping = stopping;
    }

    /** The pages from the cursor on; each is requested when the previous one has been stored. */
    public Iterator<SelectedPage> pages(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        run.handed().requireToMail();
        SelectionPlan plan = exchange.getVariable(SelectionPlan.VARIABLE, SelectionPlan.class);
        if (plan == null || !plan.selection().equals(run.sync().selection())) {
            throw new ConsentBreach("a run selects other records than its sync says");
        }
        // A missing person is delivered again only if this reading reads their record (see StillSelected).
        if (plan.listed().filter(list -> !list.steady()).isPresent()
                && members.anybodyLost(run.list().id())) {
            cursors.readEverything(run.sync().name(), run.id());
        }
        Set<String> fields = fields(run);
        fields.addAll(plan.fields());
        SelectedPages selected = new SelectedPages(run, plan, List.copyOf(fields), reader, views, cursors, late);
        return run.handed().of(HandedOut.Stage.RECORDS, new StoppableIterator<>(selected, stopping));
    }

    private static void requireTold(ActiveRun run, CrmPage page) {
        boolean checkBox = Optional.ofNullable(run.fields().get(RefusalFields.OPT_OUT))
                .filter(field -> field.dataType().equals("boolean"))
                .isPresent();
        Gap.requireTold(run.connection(), run.sync().module(), run.fields().keySet(), checkBox, page.records());
    }

    /**
     * The candidates of a page. Records that were read before and cannot have changed since are left out, unless the run is
     * a full one; the page may contain them, because the cursor stays behind the time in which changes may still appear (see
     * {@link LateChanges}).
     */
    public List<Candidate> open(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        SelectedPage selected = exchange.getMessage().getBody(SelectedPage.class);
        if (selected.run() != run) {
            throw new ConsentBreach("a page is decided for another run than the one that read it");
        }
        run.handed().require(selected);
        CrmPage page = selected.page();
        requireTold(run, page);
        noteDeletions(run, page);
        Map<String, Screened> screened = new HashMap<>();
        Map<String, ConsentFacts> facts = new HashMap<>();
        Set<Person> people = new LinkedHashSet<>();
        List<String> secondFields = SecondAddresses.fields(run);
        Set<String> erased = erasedRecords.among(
                run.connection().name(),
                page.records(),
                run.sync().heedsSecondaryAddresses() ? secondFields : List.of());
        List<CrmRecord> records = ErasedRecords.without(page.records(), erased, secondFields);
        for (CrmRecord record : records) {
            Screened address = erased.contains(record.id())
                    ? AddressScreening.ERASED
                    : AddressScreening.screen(record.text("Email"));
            screened.put(record.id(), address);
            facts.put(record.id(), FactsReader.read(record.values(), words));
            if (address instanceof Screened.Usable usable) {
                people.add(usable.person());
            }
        }
        Set<Person> besides = new LinkedHashSet<>();
        if (run.sync().heedsSecondaryAddresses()) {
            records.forEach(record -> besides.addAll(SecondAddresses.of(record, secondFields)));
        }
        KnownState known = knowledge(run, screened, people, besides);
        Map<Person, Member> asked =
                run.confirmation().map(list -> members.of(list.id(), people)).orElse(Map.of());
        OpenPage open = new OpenPage(
                run,
                DecisionEvents.Place.of(run),
                selected,
                known,
                asked,
                run.sync().terms(run.purpose()),
                new ContactMapper(
                        run.sync().mapping(), run.fields(), run.connection().zone()),
                new PageDecisions());
        exchange.setVariable(OpenPage.VARIABLE, open);
        boolean anew = cursors.decidesAnew(run.sync().name());
        List<Candidate> candidates = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        for (CrmRecord record : records) {
            Candidate candidate = new Candidate(
                    record,
                    open,
                    screened.get(record.id()),
                    confirmed(open, screened.get(record.id()), facts.get(record.id())));
            if (run.full() || run.again() || anew || !seen(candidate)) {
                candidates.add(candidate);
            } else {
                unchanged.add(record.id());
            }
        }
        page.unusable().forEach(record -> unchanged.add(record.id()));
        pages.met(run.sync().name(), unchanged);
        List<Candidate> toDecide = RememberedRefusals.addTo(candidates);
        open.decisions().open(toDecide);
        return toDecide;
    }

    private static ConsentFacts confirmed(OpenPage page, Screened screened, ConsentFacts facts) {
        return screened instanceof Screened.Usable usable && page.isConfirmed(usable.person())
                ? facts.confirmed(true)
                : facts;
    }

    // Set from the first page on, even if the run fails later: people whom it delivers may be deleted before the next
    // run.
    private void noteDeletions(ActiveRun run, CrmPage page) {
        if (cursors.deletedSince(run.sync().name()).isEmpty()) {
            cursors.deletedSince(run.sync().name(), page.readAt());
        }
    }

    // The people for whom records stood before their address was changed have to be known as well.
    private KnownState knowledge(
            ActiveRun run, Map<String, Screened> records, Set<Person> people, Set<Person> besides) {
        KnownState known = pages.knowledge(run, records.keySet(), people);
        Set<Person> all = new LinkedHashSet<>(people);
        all.addAll(besides);
        known.records().values().forEach(source -> source.person().ifPresent(all::add));
        return all.size() == people.size() ? known : pages.knowledge(run, records.keySet(), all);
    }

    /** Stores decisions, outcomes, deliveries and the cursor of a page in one transaction. */
    public void commit(Exchange exchange) {
        OpenPage page = exchange.getVariable(OpenPage.VARIABLE, OpenPage.class);
        ActiveRun run = page.run();
        run.handed().require(page.selected());
        keeper.keep(page, page.decisions().all(exchange.getMessage().getBody(List.class)));
        run.handed().kept(page.selected());
    }

    private static boolean seen(Candidate candidate) {
        return candidate
                .source()
                .filter(source -> source.stillHolds(candidate.record().modified()))
                .isPresent();
    }

    /** The fields that are read of each record: those that are mapped, those that speak of consent, and
     * the ground on which people may be asked. */
    public static Set<String> fields(ActiveRun run) {
        Set<String> fields = new LinkedHashSet<>(new ContactMapper(
                        run.sync().mapping(), run.fields(), run.connection().zone())
                .fieldsNeeded());
        FactsReader.FIELDS.stream().filter(run.fields()::containsKey).forEach(fields::add);
        fields.addAll(SecondAddresses.fields(run));
        run.purpose()
                .confirmation()
                .flatMap(Confirmation::ground)
                .flatMap(Ground::fieldName)
                .filter(field -> CrmField.isGiven(run.fields(), field))
                .ifPresent(fields::add);
        return fields;
    }
}
