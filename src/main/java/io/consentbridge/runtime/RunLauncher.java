package io.consentbridge.runtime;

import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Carried;
import io.consentbridge.run.RunRequest;
import io.consentbridge.sync.Admission;
import io.consentbridge.zoho.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends run requests through the routes, and carries out admitted runs to their end, each on a thread of its own. It knows
 * which runs this process carries out. Threads may share it.
 */
public final class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private final CamelContext context;
    private final ProducerTemplate template;
    private final RunFlow flow;
    private final Executor threads;
    private final Set<Carried> carrying = ConcurrentHashMap.newKeySet();
    private final Set<String> takenOver = ConcurrentHashMap.newKeySet();

    /** @param threads each run uses one of them until it is read */
    RunLauncher(CamelContext context, ProducerTemplate template, RunFlow flow, Executor threads) {
        this.context = context;
        this.template = template;
        this.flow = flow;
        this.threads = threads;
    }

    /**
     * Requests a run and, when it is admitted, carries it out in the background.
     *
     * @param onAdmitted gets the id of the admitted run before reading begins
     * @throws RuntimeException when the routes fail before they admit or refuse it
     */
    public Admission request(RunRequest request, Consumer<String> onAdmitted) {
        Exchange answer = new DefaultExchange(context);
        answer.getMessage().setBody(request);
        answer.setPattern(ExchangePattern.InOut);
        Carried admitted = Carried.place(answer);
        template.send("direct:admit-run", answer);
        if (answer.getException() != null) {
            admitted.run().ifPresent(run -> end(run, answer.getException()));
            throw Failures.unwrapped(answer.getException()) instanceof RuntimeException told
                    ? told
                    : new RuntimeFault(Failures.text(answer.getException()), answer.getException());
        }
        admitted.run().ifPresent(run -> {
            onAdmitted.accept(run.id());
            carryOut(run);
        });
        return answer.getMessage().getBody(Admission.class);
    }

    /** Requests a run in the background, including its admission. */
    void requestInBackground(RunRequest request) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(request);
        carry("direct:run-sync", exchange, Carried.place(exchange));
    }

    /** Takes over the runs that no process reads any more, and continues them. */
    void takeOverRuns() {
        takenOver.addAll(resumeRuns());
    }

    /** Returns whether this process continues a run that another process had begun. */
    public boolean hasTakenOver(String runId) {
        return takenOver.contains(runId);
    }

    /** Continues the runs that nobody reads any more; returns their ids. */
    List<String> resumeRuns() {
        List<String> resumed = new ArrayList<>();
        for (Optional<ActiveRun> run = flow.takeOver(carrying); run.isPresent(); run = flow.takeOver(carrying)) {
            resumed.add(run.get().id());
            carryOut(run.get());
        }
        return resumed;
    }

    /** Renews the leases of the runs that this process carries out. */
    void keepLeases() {
        flow.keepLeases(carrying);
    }

    private void carryOut(ActiveRun run) {
        Exchange exchange = new DefaultExchange(context);
        carry("direct:carry-out-run", exchange, Carried.place(exchange, run));
    }

    /**
     * Carries out a run in the background. The run counts as carried out from now on, and not only once its thread runs, so
     * nobody takes it over in between.
     */
    private void carry(String route, Exchange exchange, Carried carried) {
        carrying.add(carried);
        try {
            threads.execute(() -> toTheEnd(route, exchange, carried));
        } catch (RuntimeException | Error noThread) {
            carrying.remove(carried);
            throw noThread;
        }
    }

    /** Carries out a run to its end, whatever the routes throw, because nobody else would report it. */
    private void toTheEnd(String route, Exchange exchange, Carried carried) {
        Throwable failure;
        try {
            template.send(route, exchange);
            failure = exchange.getException();
        } catch (RuntimeException | Error escaped) {
            failure = escaped;
        } finally {
            carrying.remove(carried);
        }
        Optional<ActiveRun> run = carried.run();
        if (run.isPresent()) {
            end(run.get(), Carried.cause(exchange, run.get(), failure));
        } else if (failure != null) {
            LOG.error("A run could not be started: {}", Failures.text(failure));
        }
    }

    private void end(ActiveRun run, Throwable failure) {
        Quietly.run("ending run " + run.id(), () -> flow.carriedOut(run, failure));
    }
}
