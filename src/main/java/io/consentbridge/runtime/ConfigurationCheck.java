package io.consentbridge.runtime;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListIdentity;
import io.consentbridge.audience.MailingList;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problem;
import io.consentbridge.config.Problems;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmScopes;
import io.consentbridge.crm.CustomView;
import io.consentbridge.crm.Joins;
import io.consentbridge.lifecycle.AbsentFields;
import io.consentbridge.lifecycle.ConsentOutlook;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutRuns;
import io.consentbridge.lifecycle.OneTimeViews;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.mapping.FieldFinder;
import io.consentbridge.mapping.MissingField;
import io.consentbridge.polling.Gap;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.sync.ConditionFault;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at everything that can be wrong, at once, and changes nothing: files, routes, database, and what they name at Zoho. */
public final class ConfigurationCheck {

    /** What is told of a database that answers. */
    public static final String DATABASE_ANSWERS = "the database answers";

    private final Runtime runtime;
    private final Components parts;
    private final ProblemLocator places;
    private final List<String> checked = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, String> scopesTold = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * One thing that is wrong.
     *
     * @param problem what and where
     * @param outOfReach whether something does not answer, rather than being wrong
     */
    public record Finding(Problem problem, boolean outOfReach) {}

    /** What was looked at, a line each, and what is wrong. */
    public record Result(List<String> checked, List<Finding> findings) {}

    private ConfigurationCheck(Runtime runtime) {
        this.runtime = runtime;
        this.parts = runtime.components();
        this.places = new ProblemLocator(runtime.options().config());
    }

    /** Looks at the files as they are now, which may be newer than what is in force. */
    public static Result of(Runtime runtime) {
        ConfigurationCheck checkup = new ConfigurationCheck(runtime);
        checkup.look();
        return new Result(List.copyOf(checkup.checked), List.copyOf(checkup.findings));
    }

    private void look() {
        Options options = runtime.options();
        List<Problem> routes = RouteFiles.read(options.routes()).problems(runtime.context());
        looked("routes in " + options.routes(), () -> {
            routes.forEach(this::wrong);
            PassedOverRoutes.in(options.routes(), runtime.configuration().settings())
                    .forEach(this::wrong);
        });
        if (runtime.database().answers()) {
            checked.add(DATABASE_ANSWERS);
        } else {
            silent(places.inSettings("database.url", "the database does not answer", "see that it runs and has room"));
        }
        Loaded loaded = options.load();
        Configuration now = loaded instanceof Configuration good ? good : runtime.configuration();
        looked(
                count(now.syncs().size(), "sync") + " and "
                        + count(now.purposes().size(), "purpose") + " in " + options.config(),
                () -> {
                    if (loaded instanceof Problems problems) {
                        problems.all().forEach(this::wrong);
                    }
                });
        forecast(now);
        OneTimeViews views = new OneTimeViews(parts.history().queries());
        now.syncs()
                .values()
                .forEach(sync -> views.advice(now.syncs().values(), sync)
                        .ifPresent(advice -> checked.add("sync " + sync.name() + ": " + advice)));
        parts.lifecycle()
                .activation()
                .of(now)
                .forEach((sync, state) -> state(now.syncs().get(sync), state));
        now.syncs().values().forEach(sync -> schedule(now, sync));
        now.settings().connections().values().forEach(connection -> connection(now, connection));
    }

    /** Names syncs whose consent settings have changed since their last run, and how many members leave for that. */
    private void forecast(Configuration now) {
        SyncCatalog instructions = parts.lifecycle().parts().instructions(now);
        ConsentOutlook outlook = new ConsentOutlook(runtime.database());
        for (Sync sync : instructions.all()) {
            outlook.forecast(instructions, sync)
                    .filter(forecast -> forecast.members() > 0)
                    .ifPresent(forecast -> checked.add("sync " + sync.name()
                            + ": its purpose, list or consent settings have changed since its last run; the next run looks"
                            + " at everybody again, and " + forecast.leaving() + " of " + forecast.members()
                            + " members would leave, under the brake (consentLost: unsubscribe)"
                            + (sync.terms(instructions.purpose(sync)).readsDetails()
                                    ? "; the details of consent that are read then may add some"
                                    : "")));
        }
    }

    private void schedule(Configuration now, Sync sync) {
        ZoneId zone = now.settings().connections().get(sync.connection()).zone();
        ScheduleCheck check = new ScheduleCheck(now.settings().limits(), zone, Instant.now());
        sync.schedule()
                .flatMap(check::of)
                .ifPresent(fault ->
                        wrong(places.inSync(sync.name(), "schedule:", fault.what(), fault.whatWouldBeRight())));
    }

    /** More files say that they are active than may be (B58). */
    private void state(Sync sync, SyncActivation.State state) {
        if (state.surplus()) {
            wrong(places.inSync(sync.name(), "state:", state.because(), "state: inactive"));
        }
    }

    private void connection(Configuration now, Connection connection) {
        if (!runtime.configuration().settings().connections().containsKey(connection.name())) {
            wrong(places.inSettings(
                    "zoho.connections",
                    ProblemLocator.addedSince(connection.name()) + ", so that it cannot be looked at",
                    "restart the runtime"));
            return;
        }
        try {
            parts.access().tokens().token(connection, null);
        } catch (ZohoFault.Credential refused) {
            wrong(places.inSettings(
                    "zoho." + connection.name() + ".refresh-token",
                    refused.getMessage(),
                    "give a refresh token of this client and data centre that was not revoked"));
            return;
        } catch (ZohoFault fault) {
            silent(places.inSettings(
                    "zoho." + connection.name(), fault.getMessage(), "see that the accounts server can be reached"));
            return;
        }
        checked.add("connection " + connection.name() + ": the credential is accepted");
        try {
            attempt(connection, () -> scopes(now, connection));
            edition(now, connection);
            looked(
                    connection,
                    "connection " + connection.name() + ": every module in which people refuse mail",
                    () -> refusals(connection));
            files(now, connection);
        } catch (ZohoFault.Transient fault) {
            // What does not answer one question answers no other, and each would take all its tries.
            silent(places.inSettings("zoho." + connection.name(), fault.getMessage(), "try again later"));
        }
    }

    /** What no edition includes shows when Zoho refuses it; which one it is is no problem by itself (B22). */
    private void edition(Configuration now, Connection connection) {
        if (now.syncs().values().stream().noneMatch(sync -> sync.connection().equals(connection.name()))) {
            return;
        }
        String subject = "connection " + connection.name() + ": the CRM's edition is ";
        try {
            CrmModules.Edition edition = parts.crm().modules().edition(connection);
            checked.add(subject + edition.text());
            if (edition.free()) {
                now.syncs().values().stream()
                        .filter(sync -> sync.connection().equals(connection.name()))
                        .filter(sync -> sync.selection().scope() instanceof Selection.Criteria)
                        .forEach(sync -> checked.add("sync " + sync.name()
                                + ": Zoho offers criteria with paid editions of both CRM and Campaigns; where it refuses the"
                                + " query, the run fails, says so, and takes nobody off"));
            }
        } catch (ZohoFault.Rejected refused) {
            checked.add(subject
                    + (refused.unscoped().isPresent()
                            ? "not known; the scope " + CrmScopes.ORGANISATION + " lets it be read"
                            : "not known: " + refused.getMessage()));
        }
    }

    /** What Zoho says that the credential lacks is told already, with what needs it. */
    private void unscoped(Connection connection, ZohoFault.Rejected refused) {
        String told = scopesTold.getOrDefault(connection.name(), "");
        Set<String> lacking = Scopes.namedIn(refused.getMessage());
        if (lacking.isEmpty() ? told.isEmpty() : lacking.stream().noneMatch(told::contains)) {
            wrong(places.inSettings(
                    "zoho." + connection.name() + ".refresh-token",
                    refused.getMessage(),
                    "as the table of scopes in README.md says"));
        }
    }

    private void scopes(Configuration now, Connection connection) {
        ScopeCheck check = runtime.scopes().check(now, connection);
        if (!check.isNeeded()) {
            return;
        }
        ScopeCheck.Result found = check.look();
        if (found.told() && !found.missing().isEmpty()) {
            scopesTold.put(connection.name(), String.join("\n", found.missing()));
        }
        found.missing()
                .forEach(missing -> wrong(places.inSettings(
                        "zoho." + connection.name() + ".refresh-token",
                        missing,
                        found.told()
                                ? "make a new refresh token with every scope that the files need"
                                : "as the table of scopes in README.md says")));
        if (found.missing().isEmpty()) {
            checked.add("connection " + connection.name() + ": the credential has every scope that the files need"
                    + (found.told()
                            ? ""
                            : " for reading; Zoho does not say which it has, so those for writing show with the first"
                                    + " call that writes"));
        }
    }

    /** What cannot be read of refusals stops every sync of the connection. */
    private void refusals(Connection connection) {
        PeopleModules.Found found = parts.polling().people().look(connection, null, Set.of());
        for (Gap gap : found.gaps()) {
            wrong(places.inSettings("zoho." + connection.name() + ".without-modules", gap.what(), gap.remedy()));
        }
        found.readable()
                .forEach((module, fields) -> fields.odd()
                        .forEach((field, kind) -> checked.add(
                                "connection " + connection.name() + ": " + module + "." + field + " is " + kind.text()
                                        + ", and Zoho's own field of that name is "
                                        + (field.equals(RefusalFields.OPT_OUT)
                                                ? "a check box; every value but \"false\" counts as opted out"
                                                : field.equals(RefusalFields.UNSUBSCRIBED)
                                                        ? "a time; every value counts as opted out"
                                                        : "a pick list; its values are read in the same way"))));
        if (found.privacy().isEmpty()) {
            checked.add(
                    "connection " + connection.name() + ": whether the organisation's privacy settings are on is not"
                            + " known; the scope ZohoCRM.org.READ lets it be read");
        }
    }

    private void files(Configuration now, Connection connection) {
        Set<String> purposes = new HashSet<>();
        Set<String> listed = new HashSet<>();
        ListDirectory there = parts.campaigns().lists().directory(connection, null);
        for (Sync sync : now.syncs().values()) {
            if (sync.connection().equals(connection.name())) {
                Purpose purpose = now.purposes().get(sync.purpose());
                looked(
                        connection,
                        "sync " + sync.name() + ": module " + sync.module() + " and its fields",
                        () -> fields(connection, sync, purpose));
                // A sync with parts delivers to lists of theirs, and not to that of the purpose.
                if (sync.hasParts()) {
                    attempt(connection, () -> parts(connection, sync, purpose, there));
                }
                boolean list = !sync.hasParts() && listed.add(purpose.name());
                if (purposes.add(purpose.name()) || list) {
                    looked(connection, "purpose " + purpose.name() + ": lists and topics", () -> {
                        if (list) {
                            attempt(connection, () -> list(connection, purpose, there));
                        }
                        attempt(connection, () -> confirmation(purpose, there));
                        attempt(connection, () -> topics(connection, purpose));
                    });
                }
            }
        }
    }

    private void looked(Connection connection, String what, Runnable look) {
        looked(what, () -> attempt(connection, look));
    }

    /** Says that something was looked at when nothing is wrong with it. */
    private void looked(String what, Runnable look) {
        int before = findings.size();
        look.run();
        if (findings.size() == before && !checked.contains(what)) {
            checked.add(what);
        }
    }

    private void fields(Connection connection, Sync sync, Purpose purpose) {
        Map<String, CrmField> fields;
        try {
            fields = parts.crm().fields().of(connection, null, sync.module());
        } catch (ZohoFault.Rejected rejected) {
            if (rejected.unscoped().isPresent()) {
                throw rejected;
            }
            wrong(places.inSync(sync.name(), "module:", rejected.getMessage(), "write the API name of a CRM module"));
            return;
        }
        if (!CrmField.isGiven(fields, "Email")) {
            wrong(places.inSync(
                    sync.name(),
                    "module:",
                    sync.module() + " has no Email field" + orRestricted(fields, "Email"),
                    "name a module that has one"));
        }
        if (purpose.lawfulBasis() == LawfulBasis.CONSENT && !CrmField.isGiven(fields, "Data_Processing_Basis")) {
            wrong(places.inSync(
                    sync.name(),
                    "module:",
                    sync.module() + " has no field Data_Processing_Basis"
                            + orRestricted(fields, "Data_Processing_Basis")
                            + ", which a purpose resting on consent needs",
                    "name a module for which GDPR compliance is switched on in the CRM"));
        }
        if (CrmField.isGiven(fields, "Data_Processing_Basis")) {
            words(connection, sync.module());
        }
        mapping(connection, sync, fields);
        selection(connection, sync);
        Joins.tooMany(sync, fields).ifPresent(joins -> wrong(place(sync, joins)));
    }

    private static String orRestricted(Map<String, CrmField> fields, String field) {
        return fields.containsKey(field) ? " that the CRM's privacy settings let the API read" : "";
    }

    /** Words that are not known are no mistake: their people are withheld until somebody says what they mean. */
    private void words(Connection connection, String module) {
        if (asked.add(connection.name() + " " + module)) {
            attempt(
                    connection,
                    () -> UnknownWords.text(parts.crm().unknownWords().unknown(connection, module))
                            .ifPresent(text -> checked.add("module " + module + ": " + text)));
        }
    }

    private Problem place(Sync sync, Joins joins) {
        return joins.target()
                .map(target -> places.inMapping(sync, target, joins.text(), joins.whatWouldBeRight()))
                .orElseGet(() -> places.inSyncAt(
                        sync.name(),
                        "/select/conditions/" + (joins.condition().orElseThrow() - 1) + "/field",
                        joins.text(),
                        joins.whatWouldBeRight()));
    }

    private void selection(Connection connection, Sync sync) {
        LocalDate today = LocalDate.now(connection.zone());
        parts.polling().selections().misfits(connection, sync, today).forEach(misfit -> {
            ConditionFault fault = misfit.fault();
            String pointer = "/select/conditions/" + (misfit.number() - 1) + "/"
                    + fault.part().name().toLowerCase(Locale.ROOT);
            wrong(places.inSyncAt(sync.name(), pointer, fault.getMessage(), fault.whatWouldBeRight()));
        });
        if (sync.selection().scope() instanceof Selection.View wanted) {
            List<CustomView> views = parts.crm().views().all(connection, null, sync.module());
            if (CustomView.find(views, wanted.name()).isEmpty()) {
                wrong(places.inSyncAt(
                        sync.name(),
                        "/select/view",
                        sync.module() + " has no custom view \"" + wanted.name() + "\"",
                        Nearest.hint(
                                wanted.name(),
                                views.stream().map(CustomView::name).toList())));
            }
        }
    }

    private void mapping(Connection connection, Sync sync, Map<String, CrmField> fields) {
        Map<String, CrmField> mapped = new HashMap<>(fields);
        FieldFinder finder =
                new FieldFinder(sync.module(), module -> parts.crm().fields().of(connection, null, module));
        sync.mapping().fields().forEach((target, source) -> {
            FieldFinder.Found found = finder.find(source);
            if (found instanceof FieldFinder.Found.Field field) {
                mapped.put(source, field.field());
            } else if (found instanceof FieldFinder.Found.Refused refused) {
                wrong(places.inMapping(sync, target, refused.why(), refused.whatWouldBeRight()));
            }
        });
        if (!sync.mapping().fields().isEmpty()) {
            attempt(connection, () -> missing(connection, sync, mapped));
        }
    }

    private void missing(Connection connection, Sync sync, Map<String, CrmField> mapped) {
        Set<String> existing = parts.campaigns().fields().names(connection, null);
        for (MissingField missing : AbsentFields.of(sync.mapping(), existing, mapped)) {
            if (missing instanceof MissingField.Creatable creatable) {
                checked.add("sync " + sync.name() + ": Campaigns has no field \"" + missing.target()
                        + "\" yet; the next run creates it, of type "
                        + creatable.field().type());
            } else if (missing instanceof MissingField.Impossible no) {
                wrong(places.inMapping(sync, no.target(), no.why(), no.whatWouldBeRight()));
            }
        }
    }

    /** Names that lead to no view or campaign, and lists that are missing and must not be created (B104). */
    private void parts(Connection connection, Sync sync, Purpose purpose, ListDirectory lists) {
        Selection.Each each = (Selection.Each) sync.selection().scope();
        List<FanOutParts.Found> there = parts.lifecycle().fanOut().there(connection, null, sync, each);
        FanOutParts.Chosen chosen = FanOutRuns.chosen(each, there);
        String key = each.kind() == Selection.Kind.VIEW ? "views" : "campaigns";
        List<String> names = there.stream().map(FanOutParts.Found::name).toList();
        for (String missing : chosen.missing()) {
            wrong(places.inSyncAt(
                    sync.name(),
                    "/select/" + key + "/" + each.names().indexOf(missing),
                    FanOutRuns.absent(sync, each.kind(), missing),
                    Nearest.hint(missing, names)));
        }
        for (FanOutParts.Found part : chosen.found()) {
            Purpose own = purpose.withList(new SyncPart(sync.name(), part.id(), part.name()).list(purpose.list()));
            String needed =
                    ", which sync " + sync.name() + " needs for " + each.kind().word() + " " + part.name();
            list(connection, own, lists, needed);
        }
        checked.add("sync " + sync.name() + ": "
                + count(chosen.found().size(), each.kind().word()));
    }

    private void list(Connection connection, Purpose purpose, ListDirectory there) {
        list(connection, purpose, there, "");
    }

    /** The run goes by a key that is new to it, and never by the name then. */
    private boolean misspelt(Purpose purpose, MailingList list, ListDirectory there) {
        Optional<String> key = purpose.listKey()
                .filter(wanted -> !list.key().equals(Optional.of(wanted)))
                .filter(wanted -> there.withKey(wanted).isEmpty());
        key.map(wanted -> ListIdentity.noSuchKey(wanted, purpose.name()))
                .ifPresent(no -> wrong(places.inPurpose(purpose.name(), "listKey:", no.what(), no.remedy())));
        return key.isPresent();
    }

    /** @param needed for what the list is needed; empty text where the purpose says it */
    private void list(Connection connection, Purpose purpose, ListDirectory there, String needed) {
        MailingList list = parts.audience()
                .lists()
                .named(connection.name(), purpose.list())
                .orElse(MailingList.unknown(connection.name(), purpose.list()))
                .as(purpose.signupForm());
        if (misspelt(purpose, list, there)) {
            return;
        }
        ListIdentity identity = parts.audience()
                .watch()
                .identify(connection, null, purpose.listKey().map(list::withKey).orElse(list), there);
        if (identity instanceof ListIdentity.Mismatch mismatch) {
            wrong(places.inPurpose(purpose.name(), "list:", mismatch.what(), mismatch.remedy()));
        } else if (identity instanceof ListIdentity.Absent) {
            absent(purpose, needed, there);
        }
        parts.audience()
                .heldLists()
                .of(list.id())
                .filter(held -> held.kind() != HeldLists.Kind.IDENTITY)
                .ifPresent(held -> wrong(places.inPurpose(
                        purpose.name(),
                        "list:",
                        "nobody is subscribed to the list \"" + purpose.list() + "\": " + held.because(),
                        "mend that in Campaigns; one person is tried now and then, and the others follow")));
    }

    private void absent(Purpose purpose, String needed, ListDirectory there) {
        Optional<String> near = Nearest.to(purpose.list(), there.names());
        String refused = ListName.refused(purpose.list());
        if (!purpose.createList()) {
            wrong(places.inPurpose(
                    purpose.name(),
                    "list:",
                    "Campaigns has no mailing list \"" + purpose.list() + "\"" + needed,
                    needed.isEmpty()
                            ? near.map(name -> "did you mean \"" + name + "\"? If not, write ")
                                            .orElse("write the name of one, or ")
                                    + "createList: true"
                            : "make a list of that name in Campaigns, or write createList: true"));
        } else if (!refused.isEmpty()) {
            wrong(places.inPurpose(
                    purpose.name(),
                    "list:",
                    "Campaigns creates no list of the name \"" + purpose.list() + "\", because of " + refused,
                    "use letters, digits, blanks, _ and - only, or make the list in Campaigns"));
        } else {
            near.ifPresent(name -> checked.add("purpose " + purpose.name() + ": Campaigns has no mailing list \""
                    + purpose.list() + "\" yet, and the first delivery makes it; there is \"" + name + "\""));
        }
    }

    private void confirmation(Purpose purpose, ListDirectory there) {
        purpose.confirmationList().ifPresent(name -> {
            if (there.named(name)
                    .flatMap(list -> list.form())
                    .filter(SignupForm.PUBLIC::equals)
                    .isEmpty()) {
                wrong(places.inPurpose(
                        purpose.name(),
                        "confirmationList:",
                        "\"" + name + "\" is no list with a public sign-up form, so nobody can be asked for consent",
                        "write the name of such a list"));
            }
        });
    }

    private void topics(Connection connection, Purpose purpose) {
        for (String missing : parts.campaigns()
                .topics()
                .current(connection, null, purpose.topics())
                .missing()) {
            wrong(places.inPurpose(
                    purpose.name(), missing, "Campaigns has no topic \"" + missing + "\"", "write the name of one"));
        }
    }

    /** What Zoho refuses is told and the rest looked at all the same, unless it does not answer at all. */
    private void attempt(Connection connection, Runnable look) {
        try {
            look.run();
        } catch (ZohoFault.Transient away) {
            throw away;
        } catch (ZohoFault.Rejected refused) {
            if (refused.unscoped().isPresent()) {
                unscoped(connection, refused);
            } else {
                silent(places.inSettings("zoho." + connection.name(), refused.getMessage(), "try again later"));
            }
        } catch (ZohoFault fault) {
            silent(places.inSettings("zoho." + connection.name(), fault.getMessage(), "try again later"));
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    // What stands in a template is met with each sync that names it, and told once.
    private void wrong(Problem problem) {
        if (findings.stream().noneMatch(known -> known.problem().equals(problem))) {
            findings.add(new Finding(problem, false));
        }
    }

    private void silent(Problem problem) {
        findings.add(new Finding(problem, true));
    }
}
