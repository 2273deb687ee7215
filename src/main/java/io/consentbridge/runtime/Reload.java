package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problem;
import io.consentbridge.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Takes over changed files while the runtime runs: all of the changes, or none of them when anything is broken. */
public final class Reload {

    private final Options options;
    private final AtomicReference<Configuration> configuration;
    private final LiveRoutes routes;
    private final RouteQuiescence standstill;
    private final Components.Lifecycle lifecycle;
    private final Schedules schedules;

    /**
     * The result of a reload.
     *
     * @param changes what was taken over, one line each
     * @param remarks what else is worth knowing, one sentence each
     * @param problems why nothing was taken over; empty when the reload succeeded
     */
    public record Result(List<String> changes, List<String> remarks, List<Problem> problems) {

        static Result refused(List<Problem> problems) {
            return new Result(List.of(), List.of(), problems);
        }

        Result with(List<String> more) {
            return new Result(
                    changes, Stream.concat(remarks.stream(), more.stream()).toList(), problems);
        }
    }

    /** @param configuration holds the current configuration */
    Reload(
            Options options,
            AtomicReference<Configuration> configuration,
            LiveRoutes routes,
            RouteQuiescence standstill,
            Components.Lifecycle lifecycle,
            Schedules schedules) {
        this.options = options;
        this.configuration = configuration;
        this.routes = routes;
        this.standstill = standstill;
        this.lifecycle = lifecycle;
        this.schedules = schedules;
    }

    /**
     * Takes over the current files.
     *
     * @param working whether this process works, and settles which syncs are active
     */
    Result take(boolean working) {
        Configuration before = configuration.get();
        Result result = from(before);
        Configuration now = configuration.get();
        schedules.fit(now);
        lifecycle.deleted().forgetRemoved(before, now);
        List<String> off = working ? lifecycle.activation().settle(now) : List.of();
        schedules.fit(now);
        return result.problems().isEmpty() ? result.with(off) : result;
    }

    private Result from(Configuration before) {
        List<Problem> problems = new ArrayList<>();
        RouteFiles files = options.extent().hasRoutes() ? RouteFiles.read(options.routes()) : RouteFiles.none();
        List<String> changes = new ArrayList<>(routes.differences(files));
        if (!changes.isEmpty()) {
            problems.addAll(files.problems(routes.context()));
        }
        Loaded loaded = options.load();
        if (loaded instanceof Problems wrong) {
            problems.addAll(wrong.all());
        }
        if (loaded instanceof Configuration read) {
            problems.addAll(unknownConnections(before, read));
        }
        if (!problems.isEmpty() || !(loaded instanceof Configuration after)) {
            return Result.refused(problems);
        }
        if (!changes.isEmpty()) {
            List<Problem> refused = standstill.during(() -> routes.replace(files));
            if (!refused.isEmpty()) {
                return Result.refused(refused);
            }
        }
        changes.addAll(differences("purpose", before.purposes(), after.purposes()));
        changes.addAll(differences("sync", before.syncs(), after.syncs()));
        changes.addAll(differences("mail template of", before.templates(), after.templates()));
        changes.addAll(differences("campaign", before.campaigns(), after.campaigns()));
        changes.addAll(differences("write-back", before.writeBacks(), after.writeBacks()));
        configuration.set(after.with(before.settings()));
        List<String> remarks = before.settings().equals(after.settings())
                ? List.of()
                : List.of("the settings in application.properties or the environment have changed. They take effect"
                        + " after a restart");
        return new Result(changes, remarks, List.of());
    }

    /** Settings, including connections, are read only at the start: a sync or a campaign of a new connection would have
     * none. */
    private List<Problem> unknownConnections(Configuration before, Configuration after) {
        ProblemLocator places = new ProblemLocator(options.config());
        Set<String> known = before.settings().connections().keySet();
        Stream<Problem> syncs = after.syncs().values().stream()
                .filter(sync -> !known.contains(sync.connection()))
                .map(sync -> places.inSync(
                        sync.name(),
                        "connection:",
                        ProblemLocator.addedSince(sync.connection()),
                        "restart the runtime"));
        Stream<Problem> campaigns = after.campaigns().values().stream()
                .filter(campaign -> !known.contains(campaign.connection()))
                .map(campaign -> places.inCampaign(
                        campaign.name(),
                        "connection:",
                        ProblemLocator.addedSince(campaign.connection()),
                        "restart the runtime"));
        Stream<Problem> writeBacks = after.writeBacks().values().stream()
                .filter(one -> !known.contains(one.connection()))
                .map(one -> places.inWriteBack(
                        one.name(), "connection:", ProblemLocator.addedSince(one.connection()), "restart the runtime"));
        return Stream.of(syncs, campaigns, writeBacks)
                .flatMap(problems -> problems)
                .toList();
    }

    private static List<String> differences(String kind, Map<String, ?> before, Map<String, ?> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> kind + " " + name + ": " + verb(before.containsKey(name), after.containsKey(name)))
                .toList();
    }

    static String verb(boolean before, boolean after) {
        if (before) {
            return after ? "changed" : "removed";
        }
        return "added";
    }
}
