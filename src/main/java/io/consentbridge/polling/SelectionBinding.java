package io.consentbridge.polling;

import io.consentbridge.crm.CrmCampaign;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.CustomView;
import io.consentbridge.crm.Joins;
import io.consentbridge.crm.Listed;
import io.consentbridge.crm.SelectedRecords;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.ReadingCursor;
import io.consentbridge.cursor.TermsFingerprint;
import io.consentbridge.outbox.Action;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RunFault;
import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.ConditionBinder;
import io.consentbridge.sync.ConditionFault;
import io.consentbridge.sync.ConditionText;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Pattern;
import io.consentbridge.sync.Remedy;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of the route {@code bind-run} that finds out how to request the sync's records (B19-B21, B45). */
public final class SelectionBinding {

    private static final Logger LOG = LoggerFactory.getLogger(SelectionBinding.class);

    public static final String VIEWS = "viewsOfOrder";

    private final CrmFields fields;
    private final CrmViews views;
    private final Cursors cursors;
    private final Map<String, List<String>> words;

    /** @param words what an organisation's own words for the lawful basis mean */
    public SelectionBinding(CrmFields fields, CrmViews views, Cursors cursors, Map<String, List<String>> words) {
        this.words = words;
        this.fields = fields;
        this.views = views;
        this.cursors = cursors;
    }

    /** @throws RunFault when conditions do not fit the module or need too many lookups, or when the view does not exist */
    public void selection(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        if (run.leaversOnly()) {
            return;
        }
        Joins.tooMany(run.sync(), run.fields()).ifPresent(joins -> {
            throw new RunFault(run.sync().name() + ": " + Remedy.after(joins.text(), joins.whatWouldBeRight()));
        });
        SelectionPlan plan = plan(run, known(exchange));
        boolean convertedToo = run.sync().convertedLeads() == Sync.ConvertedLeads.INCLUDE;
        Optional<String> everything = Action.of(run.sync().whenUnmatched()).map(action -> run.id());
        if (cursors.select(run.sync().name(), plan.fingerprint(run.sync().module(), convertedToo), everything)) {
            LOG.info(
                    "{}: the selection has changed, so everything is read again",
                    run.sync().name());
        }
        if (cursors.decideAnew(
                run.sync().name(), TermsFingerprint.fingerprint(run.sync(), run.purpose(), words), everything)) {
            LOG.info(
                    "{}: its purpose, list or consent settings have changed, so everybody is decided again",
                    run.sync().name());
        }
        if (everything.isPresent() && (run.full() || readsAll(run, plan))) {
            cursors.readEverything(run.sync().name(), run.id());
        }
        exchange.setVariable(SelectionPlan.VARIABLE, plan);
    }

    // A failed reading of a list begins anew.
    private boolean readsAll(ActiveRun run, SelectionPlan plan) {
        return plan.listed()
                .filter(list -> !list.steady()
                        || cursors.reading(run.sync().name(), SelectedPages.VIEW)
                                .flatMap(ReadingCursor::since)
                                .isEmpty())
                .isPresent();
    }

    /** The views of a part run, as its parent run found them; empty for any other run. */
    private static List<CustomView> known(Exchange exchange) {
        List<?> views = exchange.getVariable(VIEWS, List.of(), List.class);
        return views.stream().map(CustomView.class::cast).toList();
    }

    private SelectionPlan plan(ActiveRun run, List<CustomView> known) {
        Selection selection = run.sync().selection();
        LocalDate today = LocalDate.ofInstant(run.startedAt(), run.connection().zone());
        SelectedRecords records = new SelectedRecords(
                pattern(selection),
                conditions(run, selection, today),
                selection.created(),
                run.connection().zone(),
                today);
        return new SelectionPlan(
                records,
                listed(run, selection, known),
                selection,
                run.connection().zone());
    }

    /** How a sync's conditions are divided between the CRM and this product; empty for a sync without conditions. */
    public Optional<SelectedRecords> division(Connection connection, Sync sync, LocalDate today) {
        if (!(sync.selection().scope() instanceof Selection.Criteria criteria)) {
            return Optional.empty();
        }
        List<BoundCondition> conditions =
                binder(connection, null, sync.module(), today).bind(criteria.conditions());
        return Optional.of(new SelectedRecords(
                pattern(sync.selection()), conditions, sync.selection().created(), connection.zone(), today));
    }

    /** The conditions of a sync that do not fit the module, each with its number, counted from 1. */
    public List<Misfit> misfits(Connection connection, Sync sync, LocalDate today) {
        List<Misfit> misfits = new ArrayList<>();
        if (sync.selection().scope() instanceof Selection.Criteria criteria) {
            ConditionBinder binder = binder(connection, null, sync.module(), today);
            for (int number = 1; number <= criteria.conditions().size(); number++) {
                try {
                    binder.bind(number, criteria.conditions().get(number - 1));
                } catch (ConditionFault fault) {
                    misfits.add(new Misfit(number, fault));
                }
            }
        }
        return misfits;
    }

    /** A condition that does not fit. */
    public record Misfit(int number, ConditionFault fault) {}

    private static Optional<Pattern> pattern(Selection selection) {
        return selection.scope() instanceof Selection.Criteria criteria
                ? Optional.of(criteria.joined())
                : Optional.empty();
    }

    private List<BoundCondition> conditions(ActiveRun run, Selection selection, LocalDate today) {
        if (!(selection.scope() instanceof Selection.Criteria criteria)) {
            return List.of();
        }
        ConditionBinder binder = binder(run.connection(), run.id(), run.sync().module(), today);
        List<BoundCondition> bound = new ArrayList<>();
        for (Selection.Condition condition : criteria.conditions()) {
            try {
                bound.add(binder.bind(bound.size() + 1, condition));
            } catch (ConditionFault fault) {
                throw new RunFault("condition " + (bound.size() + 1) + ", " + ConditionText.of(condition) + ": "
                        + Remedy.after(fault.getMessage(), fault.whatWouldBeRight()));
            }
        }
        return bound;
    }

    private ConditionBinder binder(Connection connection, String runId, String module, LocalDate today) {
        return new ConditionBinder(
                module, name -> fields.selectable(connection, runId, name), connection.zone(), today);
    }

    private Optional<Listed> listed(ActiveRun run, Selection selection, List<CustomView> known) {
        if (selection.scope() instanceof Selection.View wanted) {
            return Optional.of(view(run, wanted, known));
        }
        return selection.scope() instanceof Selection.Campaign campaign
                ? Optional.of(new CrmCampaign(campaign.id(), ""))
                : Optional.empty();
    }

    private CustomView view(ActiveRun run, Selection.View wanted, List<CustomView> known) {
        String module = run.sync().module();
        List<CustomView> all = known.isEmpty() ? views.all(run.connection(), run.id(), module) : known;
        CustomView found = CustomView.find(all, wanted.name())
                .orElseThrow(() -> new RunFault(Remedy.after(
                        module + " has no custom view \"" + wanted.name() + "\"",
                        Nearest.hint(
                                wanted.name(),
                                all.stream().map(CustomView::name).toList()))));
        return views.detailed(run.connection(), run.id(), module, found);
    }
}
