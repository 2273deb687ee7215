package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.CampaignsScopes;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmScopes;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a credential permits with what the files need. If Zoho does not name the scopes with the access token, one
 * reading call for each module and API tries them; a scope that only writing needs shows with the first call that writes.
 */
final class ScopeCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ScopeCheck.class);

    /** Lookups whose module is known without a call (docs/zoho-notes.md, "CRM: records of people"). */
    private static final Map<String, String> LOOKUPS = Map.of(
            "Account_Name.", "Accounts", "Contact_Name.", "Contacts", "Deals.", "Deals", "Vendor_Name.", "Vendors");

    private final AccessTokens tokens;
    private final PeopleModules people;
    private final Components.Crm crm;
    private final CampaignsLists lists;
    private final Connection connection;
    private final List<Sync> syncs;
    private final Map<String, String> needed;
    private final Set<String> modules;

    /** A connection without a sync needs nothing. */
    ScopeCheck(
            AccessTokens tokens,
            PeopleModules people,
            Components.Crm crm,
            CampaignsLists lists,
            Configuration files,
            Connection connection) {
        this.tokens = tokens;
        this.people = people;
        this.crm = crm;
        this.lists = lists;
        this.connection = connection;
        this.modules = new LinkedHashSet<>();
        this.syncs = files.syncs().values().stream()
                .filter(sync -> sync.connection().equals(connection.name()))
                .toList();
        this.needed = needed(files);
    }

    /**
     * The result.
     *
     * @param told whether Zoho names the scopes of the credential
     * @param missing what is missing, one text each; empty when nothing is
     */
    record Result(boolean told, List<String> missing) {}

    /** Returns whether a file needs anything of the connection. */
    boolean isNeeded() {
        return !needed.isEmpty();
    }

    /** @throws ZohoFault when Zoho does not answer or refuses the credential */
    Result look() {
        swept(people.look(connection, null, Set.of()).readable().keySet());
        syncs.forEach(this::ownLookups);
        Optional<Scopes> scopes = tokens.scopes(connection, null);
        return scopes.map(this::compare).orElseGet(this::probe);
    }

    /** Returns what is known without asking Zoho; empty when nothing is known. */
    Optional<Result> known() {
        if (isNeeded()) {
            swept(people.known(connection));
        }
        return tokens.knownScopes(connection).map(this::compare);
    }

    /** Every run of the connection reads these modules for refusals, whatever module its sync reads. */
    private void swept(Set<String> found) {
        found.forEach(module -> {
            modules.add(module);
            needed.putIfAbsent(CrmScopes.records(module), sweeping(module));
        });
    }

    /**
     * The fields show which modules are behind the organisation's own lookups; another check reports fields that cannot be
     * read.
     */
    private void ownLookups(Sync sync) {
        List<String> own = dotted(sync)
                .filter(field -> LOOKUPS.keySet().stream().noneMatch(field::startsWith))
                .map(field -> field.substring(0, field.indexOf('.')))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        try {
            Map<String, CrmField> fields = crm.fields().of(connection, null, sync.module());
            own.stream()
                    .flatMap(name -> Optional.ofNullable(fields.get(name)).map(CrmField::lookupModule).stream())
                    .forEach(module -> {
                        modules.add(module);
                        needed.putIfAbsent(CrmScopes.records(module), "sync " + sync.name());
                    });
        } catch (ZohoFault.Rejected unreadable) {
            LOG.debug("{}", unreadable.getMessage());
        }
    }

    private static String sweeping(String module) {
        return "reading refusals in " + module;
    }

    private Result compare(Scopes scopes) {
        List<String> missing = new ArrayList<>();
        needed.forEach((scope, why) -> {
            if (!scopes.permit(scope)) {
                missing.add(connection.name() + ": the credential lacks the scope " + scope + ", which is needed for "
                        + why);
            }
        });
        return new Result(true, missing);
    }

    private Result probe() {
        List<String> missing = new ArrayList<>();
        for (String module : modules) {
            attempt(missing, () -> crm.fields().of(connection, null, module));
            attempt(missing, () -> crm.reader().probe(connection, module));
        }
        attempt(missing, () -> lists.directory(connection, null));
        return new Result(false, missing);
    }

    /** Any other refusal is reported where the call is needed. */
    private static void attempt(List<String> missing, Runnable call) {
        try {
            call.run();
        } catch (ZohoFault.Rejected refused) {
            if (refused.unscoped().isPresent() && !missing.contains(refused.getMessage())) {
                missing.add(refused.getMessage());
            }
        }
    }

    /** Returns what each scope is needed for. */
    private Map<String, String> needed(Configuration files) {
        Map<String, String> all = new LinkedHashMap<>();
        syncs.forEach(sync -> ofSync(sync, files.purposes().get(sync.purpose()), all));
        if (!all.isEmpty()) {
            RefusalFields.PEOPLE.stream()
                    .filter(module -> !connection.without(module))
                    .forEach(module -> {
                        modules.add(module);
                        all.putIfAbsent(CrmScopes.records(module), sweeping(module));
                    });
            all.putIfAbsent(CrmScopes.FIELDS, "reading which fields the modules have");
            if (!connection.without("*")) {
                all.putIfAbsent(CrmScopes.MODULES, "reading in which modules people can refuse mail");
            }
            all.putIfAbsent(CampaignsScopes.READ, "reading lists, topics and who left");
            all.putIfAbsent(CampaignsScopes.UPDATE, "subscribing and unsubscribing");
        }
        return all;
    }

    private void ofSync(Sync sync, Purpose purpose, Map<String, String> all) {
        String by = "sync " + sync.name();
        modules.add(sync.module());
        all.putIfAbsent(CrmScopes.QUERIES, by);
        all.putIfAbsent(CrmScopes.records(sync.module()), by);
        related(sync).forEach(module -> all.putIfAbsent(CrmScopes.records(module), by));
        Selection.Scope scope = sync.selection().scope();
        boolean campaigns = scope instanceof Selection.Each each && each.kind() == Selection.Kind.CAMPAIGN;
        if (campaigns) {
            all.putIfAbsent(CrmScopes.records("Campaigns"), by);
        } else if (scope instanceof Selection.View || scope instanceof Selection.Each) {
            all.putIfAbsent(CrmScopes.VIEWS, by);
        }
        if (purpose != null && purpose.createList()) {
            all.putIfAbsent(CampaignsScopes.CREATE, "purpose " + purpose.name() + " (createList: true)");
        }
        if (!ProofCheck.written(purpose).isEmpty()) {
            all.putIfAbsent(
                    CrmScopes.updates(sync.module()), "purpose " + purpose.name() + " (proof in the CRM record)");
        }
        if (purpose != null
                && purpose.confirmation().flatMap(Confirmation::onConfirmed).isPresent()) {
            all.putIfAbsent(CampaignsScopes.WORKFLOWS, "purpose " + purpose.name() + " (onConfirmed)");
        }
        if (sync.mapping().createFields()) {
            all.putIfAbsent(CampaignsScopes.CREATE, by + " (createFields: true)");
        }
    }

    private static Stream<String> related(Sync sync) {
        return dotted(sync)
                .flatMap(field -> LOOKUPS.entrySet().stream()
                        .filter(lookup -> field.startsWith(lookup.getKey()))
                        .map(Map.Entry::getValue));
    }

    /** Returns the fields that are read or filtered through a lookup. */
    private static Stream<String> dotted(Sync sync) {
        Stream<String> conditions = sync.selection().scope() instanceof Selection.Criteria criteria
                ? criteria.conditions().stream().map(Selection.Condition::field)
                : Stream.empty();
        return Stream.concat(sync.mapping().fields().values().stream(), conditions)
                .filter(field -> field.indexOf('.') > 0);
    }
}
