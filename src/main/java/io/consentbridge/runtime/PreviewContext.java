package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsBeans;
import io.consentbridge.config.Configuration;
import io.consentbridge.crm.CrmBeans;
import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunRequest;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;

/**
 * Runs the routes of an installation in a Camel context of their own, over another database, where only reading calls are
 * made. Nothing starts by itself: only routes that are called are loaded.
 */
final class PreviewContext implements AutoCloseable {

    /** The context's name, by which an integrator's route can recognise a preview: {@code ${camelId}}. */
    static final String NAME = "consentbridge-preview";

    private static final int TO_STOP_SECONDS = 10;

    private final DefaultCamelContext context;
    private final RunLauncher launcher;
    private final Components components;

    /** The parts of the installation that a preview uses unchanged. */
    record Stage(CamelContext running, RouteFiles files, Components components, ThisProcess process) {}

    /** @param creation handles a contact field that a run would create */
    PreviewContext(
            Stage stage, Configuration configuration, Database database, CampaignsFieldBinding.Creation creation) {
        SimpleRegistry own = new SimpleRegistry();
        context = new DefaultCamelContext(
                new DefaultRegistry(List.of(own, stage.running().getRegistry())));
        context.getCamelContextExtension().setName(NAME);
        context.getCamelContextExtension().addInterceptStrategy(new FailedSteps());
        context.setStreamCaching(false);
        context.setSourceLocationEnabled(true);
        context.getShutdownStrategy().setTimeout(TO_STOP_SECONDS);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.getPropertiesComponent().addPropertiesSource(new SettingsOf(stage.running()));
        ProducerTemplate template = context.createProducerTemplate();
        Assembly assembly = new Assembly(
                database,
                template,
                () -> configuration,
                RunListener.NONE,
                stage.process(),
                stage.components().access().reading(creation));
        components = assembly.components();
        launcher = new RunLauncher(context, template, components.lifecycle().flow(), Runnable::run);
        assembly.beans().forEach(own::bind);
        own.bind("runInBackground", (Processor) exchange -> {
            throw new IllegalStateException("a preview starts no runs");
        });
        CrmBeans.bind(own, components.access().tokens(), stage.process().clock());
        CampaignsBeans.bind(own, stage.process().clock(), components.access().quota()::lock);
        start(stage.files());
    }

    private void start(RouteFiles files) {
        try {
            StartingRoutes.limit(context, Extent.ROUTES);
            files.addTo(context);
            context.start();
        } catch (Exception | Error broken) {
            close();
            throw new RuntimeFault("the routes could not be started for a preview: " + broken.getMessage(), broken);
        }
    }

    Components components() {
        return components;
    }

    /**
     * Carries out a run on the calling thread, to the end of its reading.
     *
     * @param admitted gets the run's id before reading begins
     */
    Admission run(RunRequest request, Consumer<String> admitted) {
        return launcher.request(request, admitted);
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
