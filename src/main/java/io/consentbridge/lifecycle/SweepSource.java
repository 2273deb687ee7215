package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.polling.ErasedRecords;
import io.consentbridge.polling.ModuleSweep;
import io.consentbridge.polling.PeopleFields;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.SweptModule;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Knows where refusals are read between runs: the modules of a connection, how far each was read, and its next pages. */
public final class SweepSource {

    private final Supplier<Configuration> configuration;
    private final SyncModules modules;
    private final PeopleModules people;
    private final CrmReader reader;
    private final ErasedRecords erased;
    private final Cursors cursors;

    /**
     * @param configuration the current configuration
     * @param modules the modules that syncs read
     * @param erased leaves out people who were erased
     */
    public SweepSource(
            Supplier<Configuration> configuration,
            SyncModules modules,
            PeopleModules people,
            CrmReader reader,
            ErasedRecords erased,
            Cursors cursors) {
        this.configuration = configuration;
        this.modules = modules;
        this.people = people;
        this.reader = reader;
        this.erased = erased;
        this.cursors = cursors;
    }

    /** Returns, by module, the fields in which its people refuse mail. */
    Map<String, PeopleFields> fields(Connection connection) {
        return people.all(connection, null, modules.of(connection));
    }

    SweepCursor position(Connection connection, String module) {
        return cursors.sweep(Cursors.betweenRuns(connection.name()), module);
    }

    ModuleSweep pages(Connection connection, SweptModule module, SweepCursor from) {
        return new ModuleSweep(
                connection,
                module,
                from,
                configuration.get().settings().freshness().overlap(),
                (condition, position) -> reader.pages(
                        new ReadRequest(connection, null, module.name(), module.columns(), condition, position)),
                erased.leftOut(connection.name(), module.columns()),
                () -> people.unread(connection.name()));
    }

    /** Stores that everything of the connection was read, as of that time. */
    void swept(Connection connection, Instant began) {
        people.swept(connection.name(), began);
    }
}
