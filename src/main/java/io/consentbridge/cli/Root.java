package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import io.consentbridge.runtime.RouteFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command with the options that every command accepts, before or after its name. */
@Command(
        name = "consentbridge",
        description =
                "Synchronises people from Zoho CRM to mailing lists of Zoho Campaigns, by lawful basis and opt-out.",
        versionProvider = Version.class,
        footer = {
            "",
            "Exit status: 0 done, 1 done with dead letters or failures, 2 usage or configuration,",
            "3 Zoho or the database cannot be reached.",
            "A command asks the runtime if one is running, and does the work itself otherwise."
        })
final class Root implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${sys:consentbridge.config:-config}",
            description = "folder of settings, purposes and syncs (default: config; of the demo: samples/config)")
    Path config;

    /** Returns the configuration of the demo, unless {@code --config} is given. */
    static Path samples() {
        return Path.of(System.getProperty("consentbridge.samples", "samples/config"));
    }

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${sys:consentbridge.routes:-routes}",
            description = "folder of your own routes, which replace or add to the shipped ones (default: routes)")
    Path routes;

    /**
     * Returns the folders of the routes. If no folder of shipped routes is named, one folder holds all of them.
     *
     * @throws OperationFailure.Misconfigured when {@code --routes} names a folder that does not exist
     */
    RouteFolders routeFolders() {
        String shipped = System.getProperty("consentbridge.shipped-routes", "");
        if (shipped.isEmpty()) {
            return RouteFolders.only(routes);
        }
        boolean given = !routes.equals(Path.of(System.getProperty("consentbridge.routes", "routes")));
        if (given && !Files.isDirectory(routes)) {
            throw new OperationFailure.Misconfigured(List.of(Problem.of(
                    "--routes names " + routes + ", but there is no such folder. Create it, or give another one")));
        }
        return new RouteFolders(routes, Path.of(shipped));
    }

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "print one JSON document on standard output and nothing else")
    boolean json;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = "error, warn, info or debug; only debug shows stack traces (default: info for start,"
                    + " else warn)")
    Logs.Amount logLevel;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
