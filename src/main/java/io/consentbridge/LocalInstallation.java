package io.consentbridge;

import io.consentbridge.api.ApiServer;
import io.consentbridge.api.DataFolder;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.OwnRoutes;
import io.consentbridge.api.Ports;
import io.consentbridge.api.Problem;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.cli.LocalRuntime;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problems;
import io.consentbridge.config.Settings;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.runtime.RuntimeFault;
import io.consentbridge.store.DatabaseFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens installations for the command line: configuration, runtime and, for a full one, the API. */
final class LocalInstallation implements LocalRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(LocalInstallation.class);

    private final Clock clock;
    private final Runnable storeLost;

    LocalInstallation(Clock clock) {
        this(clock, () -> {});
    }

    /** @param storeLost ends the process when the embedded database does not recover by itself */
    LocalInstallation(Clock clock, Runnable storeLost) {
        this.clock = clock;
        this.storeLost = storeLost;
    }

    @Override
    public Session open(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        return open(new Options(config, routes, env, extent));
    }

    @Override
    public Session look(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        return open(new Options(config, routes, env, extent, true));
    }

    private Session open(Options options) {
        Extent extent = options.extent();
        Configuration configuration = load(options);
        Settings settings = configuration.settings();
        if (extent.serves()) {
            Ports.requireFree(settings.http().host(), settings.http().port());
        }
        Runtime runtime = start(options, configuration);
        try {
            if (extent.hasRoutes() && !options.looking()) {
                OwnRoutes.note(options, settings);
                OwnRoutes.outdated(options, settings).forEach(remark -> LOG.warn("{}", remark));
            }
            Operations operations = new RuntimeOperations(runtime, clock);
            Optional<ApiServer> api =
                    extent.serves() ? Optional.of(serve(runtime, operations, settings)) : Optional.empty();
            return new OpenSession(runtime, operations, api);
        } catch (RuntimeException | Error failure) {
            runtime.close();
            throw failure;
        }
    }

    private static Configuration load(Options options) {
        Loaded loaded = options.load();
        if (loaded instanceof Problems problems) {
            throw new OperationFailure.Misconfigured(problems.all().stream()
                    .map(problem ->
                            Problem.in(problem.file(), problem.line() > 0 ? problem.line() : null, problem.text()))
                    .toList());
        }
        return (Configuration) loaded;
    }

    private Runtime start(Options options, Configuration configuration) {
        try {
            return Runtime.open(
                    options, configuration, clock, storeLost, context -> listen(context, options, configuration));
        } catch (DatabaseFault fault) {
            if (fault.misfit()) {
                throw new OperationFailure.Misconfigured(List.of(Problem.of(fault.getMessage())));
            }
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        } catch (RuntimeFault fault) {
            throw new OperationFailure.Misconfigured(List.of(fault.problem()
                    .map(LocalInstallation::problem)
                    .orElseGet(() -> Problem.in(options.routes().toString(), null, fault.getMessage()))));
        }
    }

    private static Problem problem(io.consentbridge.config.Problem wrong) {
        return Problem.in(wrong.file(), wrong.line() > 0 ? wrong.line() : null, wrong.text());
    }

    private static void listen(CamelContext context, Options options, Configuration configuration) {
        if (options.extent().serves()) {
            Settings.Http http = configuration.settings().http();
            ApiServer.listen(context, http.host(), http.port());
        }
    }

    private static ApiServer serve(Runtime runtime, Operations operations, Settings settings) {
        try {
            return ApiServer.open(
                    runtime.context(),
                    operations,
                    DataFolder.of(runtime.options(), settings),
                    settings.http().host(),
                    settings.http().port());
        } catch (RuntimeException told) {
            throw told;
        } catch (IOException unwritten) {
            throw new OperationFailure.OutOfReach(
                    "the token file of the API cannot be written in %s. Free space on its disk and give this user write access to it."
                            .formatted(DataFolder.of(runtime.options(), settings)),
                    unwritten);
        } catch (Exception failure) {
            throw new OperationFailure.OutOfReach("the API could not be started: " + failure.getMessage(), failure);
        }
    }

    private record OpenSession(Runtime runtime, Operations operations, Optional<ApiServer> api) implements Session {

        @Override
        public Optional<String> apiUrl() {
            return api.map(ApiServer::url);
        }

        /**
         * Also waits for an earlier run of the sync that a crash may have left delivering, because nobody else continues it where
         * no runtime is up.
         */
        @Override
        public RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
            RunView ended = Session.super.awaitRun(run, progress);
            if (ended.completed()) {
                for (String earlier : open(ended.sync())) {
                    Session.super.awaitRun(earlier, progress);
                }
            }
            return ended;
        }

        private List<String> open(String sync) {
            try {
                return runtime.components().history().queries().open().stream()
                        .filter(run -> run.sync().equals(sync))
                        .map(Run::id)
                        .toList();
            } catch (DatabaseFault fault) {
                throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
            }
        }

        @Override
        public void close() {
            try {
                if (api.isPresent()) {
                    api.get().close();
                }
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            } finally {
                runtime.close();
            }
        }
    }
}
