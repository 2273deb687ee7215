package io.consentbridge.lifecycle;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.campaigns.TopicIds;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.confirmation.ListConfirmations;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.mapping.FieldFinder;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.RunFault;
import io.consentbridge.sync.ForCampaign;
import io.consentbridge.sync.Remedy;
import io.consentbridge.zoho.ZohoFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code bind-run}: they collect what a run needs to know about the CRM and Campaigns before the
 * first record. Bound as {@code runBinding}.
 */
public final class RunBinding {

    private static final Logger LOG = LoggerFactory.getLogger(RunBinding.class);

    private final CrmFields fields;
    private final PeopleModules people;
    private final CampaignsLists campaigns;
    private final Topics topics;
    private final MembershipRefresh whoLeft;
    private final ListFigures figures;
    private final ListBinding binding;
    private final ListConfirmations confirmations;
    private final MailingLists lists;

    public RunBinding(
            CrmFields fields,
            PeopleModules people,
            CampaignsLists campaigns,
            Topics topics,
            ListBinding binding,
            MembershipRefresh whoLeft,
            ListFigures figures,
            ListConfirmations confirmations,
            MailingLists lists) {
        this.lists = lists;
        this.confirmations = confirmations;
        this.fields = fields;
        this.people = people;
        this.campaigns = campaigns;
        this.topics = topics;
        this.whoLeft = whoLeft;
        this.figures = figures;
        this.binding = binding;
    }

    /**
     * @throws RunFault when refusals cannot be read (B51), when the module lacks a field without which nobody may be mailed (B101, B117), or the mapping names
     *     one that cannot be mapped (B119)
     */
    public void fields(Exchange exchange) {
        exchange.setVariable(ActiveRun.VARIABLE, withFields(run(exchange)));
    }

    /**
     * Returns a run as another sync of the same list sees it, bound to that sync's fields and to the list by which its
     * purpose requests consent.
     *
     * @param bound the purpose to whose consent-requesting list the run is already bound
     * @throws RunFault as {@link #fields}
     */
    ActiveRun bound(ActiveRun other, Purpose bound) {
        ActiveRun run = withFields(other);
        return run.purpose().name().equals(bound.name())
                ? run
                : run.withLists(run.list(), confirmation(run, campaigns.directory(run.connection(), run.id())));
    }

    private ActiveRun withFields(ActiveRun run) {
        String module = run.sync().module();
        people.all(run.connection(), run.id(), Set.of(module));
        Map<String, CrmField> found = new LinkedHashMap<>(fields.of(run.connection(), run.id(), module));
        if (!CrmField.isGiven(found, "Email")) {
            throw new RunFault(module + " has no Email field, or the CRM's privacy settings hide it from the API. Use a"
                    + " module with a readable Email field");
        }
        if (run.purpose().lawfulBasis() == LawfulBasis.CONSENT && !CrmField.isGiven(found, "Data_Processing_Basis")) {
            throw new RunFault(
                    module + " has no field Data_Processing_Basis, or the CRM's privacy settings hide it from the"
                            + " API, so nobody's consent is known. Switch on GDPR compliance for the module in"
                            + " the CRM's settings, and let the API read the field");
        }
        addMapped(run, found);
        return run.withFields(found);
    }

    /** @throws RunFault when the purpose's list does not exist and must not be created (B6, B7, B25) */
    public void list(Exchange exchange) {
        ActiveRun run = run(exchange);
        ListDirectory there = campaigns.directory(run.connection(), run.id());
        ListBinding.Bound bound = binding.bind(run, there);
        run.sync()
                .campaign()
                .flatMap(ForCampaign::beside)
                .ifPresent(main -> binding.beside(run, bound.list(), main, there));
        figures.bound(run.id(), bound.list().name());
        run.handed().unready(bound.mismatch());
        exchange.setVariable(ActiveRun.VARIABLE, run.withLists(bound.list(), confirmation(run, there)));
    }

    /** Records that a topic of the purpose does not exist (B114); {@link #requireReady} then ends the run. */
    public void topics(Exchange exchange) {
        ActiveRun run = run(exchange);
        TopicIds ids = topics.current(run.connection(), run.id(), run.purpose().topics());
        if (!ids.missing().isEmpty()) {
            String missing = "Campaigns has no topic " + String.join(", ", ids.missing())
                    + ". Create it there, or remove it from purpose "
                    + run.purpose().name();
            Optional<String> before = run.handed().unready();
            run.handed().unready(Optional.of(before.map(text -> text + ". ").orElse("") + missing));
        }
    }

    /** @throws RunFault when the run's list or topics are not what the purpose says; nobody was subscribed in that case */
    public void requireReady(Exchange exchange) {
        HandedOut handed = run(exchange).handed();
        handed.unready().ifPresent(because -> {
            throw new RunFault(because);
        });
        handed.did(HandedOut.Stage.READY);
    }

    /**
     * Reads who left the list before anything is sent to it. A list that was deleted in Campaigns since the last run is
     * looked up by its name again, as in a first run.
     */
    public void readWhoLeft(Exchange exchange) {
        try {
            whoLeft.read(
                    run(exchange).connection(),
                    run(exchange).id(),
                    run(exchange).list());
        } catch (ZohoFault.Rejected refused) {
            ActiveRun run = run(exchange);
            if (!ListGone.isSaidBy(refused) || !binding.isLost(run)) {
                throw refused;
            }
            list(exchange);
            // The list is bound again; what was recorded about the topics stays.
            topics(exchange);
            whoLeft.read(
                    run(exchange).connection(),
                    run(exchange).id(),
                    run(exchange).list());
        }
        ActiveRun run = run(exchange);
        lists.main(run.list().id()).ifPresent(main -> whoLeft.read(run.connection(), run.id(), main));
        // Bound in this run, so that its form was seen to be public.
        run.confirmation().ifPresent(list -> {
            whoLeft.read(run.connection(), run.id(), list);
            confirmations.followed(list.id());
        });
        run.handed().did(HandedOut.Stage.WHO_LEFT);
    }

    // Only a list whose sign-up form sends the confirmation can request consent; any other list would subscribe at
    // once.
    private Optional<MailingList> confirmation(ActiveRun run, ListDirectory there) {
        if (run.purpose().confirmationList().isEmpty()) {
            return Optional.empty();
        }
        String name = run.purpose().confirmationList().get();
        Optional<MailingList> asking = binding.asking(run, name, there);
        if (asking.isEmpty()) {
            LOG.warn(
                    "{}: \"{}\" is not a list with a public sign-up form, so consent cannot be requested; people"
                            + " are held until Campaigns has such a list",
                    run.sync().name(),
                    name);
        }
        return asking;
    }

    // Fields that cannot be mapped are refused by name, all at once (B119).
    private void addMapped(ActiveRun run, Map<String, CrmField> found) {
        FieldFinder finder =
                new FieldFinder(run.sync().module(), module -> fields.of(run.connection(), run.id(), module));
        List<String> refused = new ArrayList<>();
        run.sync().mapping().fields().forEach((target, source) -> {
            FieldFinder.Found answer = finder.find(source);
            if (answer instanceof FieldFinder.Found.Field mapped) {
                found.put(source, mapped.field());
            } else if (answer instanceof FieldFinder.Found.Refused no) {
                refused.add(Remedy.after(no.why(), no.whatWouldBeRight()));
            }
        });
        if (!refused.isEmpty()) {
            throw new RunFault(
                    "the mapping of " + run.sync().name() + " cannot be used: " + String.join(". ", refused));
        }
    }

    private static ActiveRun run(Exchange exchange) {
        return exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
    }
}
