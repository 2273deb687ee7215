package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problem;
import io.consentbridge.config.Problems;
import io.consentbridge.store.Database;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Checks everything that can be wrong at once, and changes nothing: files, routes, database, and what they name at Zoho. */
public final class ConfigurationCheck {

    /** The line that reports a database that answers. */
    public static final String DATABASE_ANSWERS = "the database answers";

    private final Options options;
    private final CamelContext context;
    private final Database database;
    private final Supplier<Configuration> configuration;
    private final Components components;
    private final CredentialScopes scopes;
    private final ProblemLocator places;

    /** One thing that is wrong. */
    public sealed interface Finding {

        /** Returns what is wrong and where. */
        Problem problem();

        /** A file, or something that it names, is wrong. */
        record Wrong(Problem problem) implements Finding {}

        /** Something does not answer, which does not mean that it is wrong. */
        record OutOfReach(Problem problem) implements Finding {}
    }

    /** What was checked, one line each, and what is wrong. */
    public record Result(List<String> checked, List<Finding> findings) {}

    /**
     * Creates a check of an open installation.
     *
     * @param context the running context; route files are tried in one like it
     * @param configuration the current configuration
     */
    public ConfigurationCheck(
            Options options,
            CamelContext context,
            Database database,
            Supplier<Configuration> configuration,
            Components components,
            CredentialScopes scopes) {
        this.options = options;
        this.context = context;
        this.database = database;
        this.configuration = configuration;
        this.components = components;
        this.scopes = scopes;
        this.places = new ProblemLocator(options.config());
    }

    /** Checks the files on disk, which may be newer than the current configuration. */
    public Result look() {
        CheckFindings findings = new CheckFindings();
        Configuration inForce = configuration.get();
        List<Problem> routes = RouteFiles.read(options.routes()).problems(context);
        findings.looked("routes in " + options.routes(), () -> {
            routes.forEach(findings::wrong);
            PassedOverRoutes.in(options.routes(), inForce.settings()).forEach(findings::wrong);
        });
        if (database.answers()) {
            findings.checked(DATABASE_ANSWERS);
        } else {
            findings.silent(places.inSettings(
                    "database.url", "the database does not answer", "check that it runs and has" + " free space"));
        }
        Loaded loaded = options.load();
        Configuration now = loaded instanceof Configuration good ? good : inForce;
        findings.looked(
                count(now.syncs().size(), "sync") + " and "
                        + count(now.purposes().size(), "purpose") + " in " + options.config(),
                () -> {
                    if (loaded instanceof Problems problems) {
                        problems.all().forEach(findings::wrong);
                    }
                });
        notCarriedOut(now, findings);
        AskingCheck asking = new AskingCheck(findings, places);
        now.purposes().values().forEach(asking::of);
        new SyncCheck(findings, places, database, components.history().queries(), components.lifecycle()).of(now);
        new MailCheck(findings, places, components.mails(), database).of(now);
        ConnectionCheck connections = new ConnectionCheck(findings, places, inForce, components, scopes);
        now.settings().connections().values().forEach(connection -> connections.of(now, connection));
        return findings.result();
    }

    /** What the files say and this version does not do, so that nobody relies on it. */
    private static void notCarriedOut(Configuration now, CheckFindings findings) {
        if (!now.writeBacks().isEmpty()) {
            findings.checked(
                    count(now.writeBacks().size(), "write-back") + ": read, and not carried out by this version");
        }
        if (!now.campaigns().isEmpty()) {
            findings.checked(count(now.campaigns().size(), "campaign") + ": read, and not carried out by this version");
        }
        now.purposes().values().stream()
                .filter(purpose -> purpose.revalidation().isPresent())
                .forEach(purpose -> findings.checked(
                        "purpose " + purpose.name() + ": revalidate is read, and asks nobody again in this version"));
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
