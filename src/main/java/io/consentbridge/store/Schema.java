package io.consentbridge.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the database: created if there are none, migrated if they are older, and refused if they are newer or differ
 * from their version. The program that created each version is recorded.
 */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** The table of versions and of the programs that created them. */
    static final String HISTORY = "flyway_schema_history";

    private static final String OURS = "classpath:db/migration";
    private static final String NAME = "ConsentBridge ";

    /** Why older tables are not migrated, and which command does. */
    static final String LOOKING =
            "A read-only command changes no tables. Stop every other process of the earlier version, make a"
                    + " backup, and start, or run a command that changes something: it migrates the tables.";

    private final Flyway flyway;
    private final DatabaseLocation location;
    private final String product;

    Schema(DataSource pool, DatabaseLocation location) {
        this(pool, location, product(), OURS);
    }

    /**
     * @param product name and version of this program
     * @param migrations the location of its scripts
     */
    Schema(DataSource pool, DatabaseLocation location, String product, String... migrations) {
        this.location = location;
        this.product = product;
        this.flyway = Flyway.configure()
                .dataSource(pool)
                .locations(migrations)
                .placeholders(location.engine().types())
                .table(HISTORY)
                .installedBy(product)
                // By default Flyway accepts tables of a newer version.
                .ignoreMigrationPatterns(new String[0])
                .load();
    }

    private static String product() {
        String version = Schema.class.getPackage().getImplementationVersion();
        return NAME + (version == null ? "(not packaged)" : version);
    }

    /**
     * Requires that the tables are those of this program, and changes nothing.
     *
     * @throws DatabaseFault if they are others; the message has both versions and the way out
     */
    void requireUpToDate() {
        if (!flyway.validateWithResult().validationSuccessful) {
            throw new DatabaseFault(location.shown() + " " + whyNot(), DatabaseFault.Kind.MISFIT);
        }
    }

    private String whyNot() {
        MigrationInfo[] all = flyway.info().all();
        Optional<MigrationInfo> theirs = last(all, MigrationInfo::isApplied);
        MigrationInfo ours = last(all, info -> info.getState().isResolved()).orElseThrow();
        boolean older = theirs.isPresent()
                && !theirs.get().getState().isFailed()
                && ours.getVersion().isNewerThan(theirs.get().getVersion().getVersion());
        return older
                ? "has tables of version %s%s. This is %s, which knows version %s. %s"
                        .formatted(theirs.get().getVersion(), maker(theirs.get()), product, ours.getVersion(), LOOKING)
                : why();
    }

    /**
     * Creates or migrates the tables.
     *
     * @throws DatabaseFault if this program must not use them; the message has both versions and the way out
     */
    void bringUpToDate() {
        try {
            MigrateResult done = flyway.migrate();
            if (done.migrationsExecuted > 0 && done.initialSchemaVersion != null) {
                LOG.warn(
                        "{} had tables of version {}, which were migrated to version {}. An older ConsentBridge"
                                + " can no longer use them; to go back, restore a backup from before.",
                        location.shown(),
                        done.initialSchemaVersion,
                        done.targetSchemaVersion);
            }
        } catch (FlywayException failed) {
            throw fault(failed);
        }
    }

    private RuntimeException fault(FlywayException failed) {
        if (isMisfit(failed)) {
            return new DatabaseFault(location.shown() + " " + why(), DatabaseFault.Kind.MISFIT);
        }
        // Flyway gives up waiting for the lock that keeps two processes from creating tables at once.
        return failed.getCause() == null
                ? new DatabaseFault(
                        location.shown()
                                + " is being migrated by another process. Wait until it has finished, and try again.",
                        DatabaseFault.Kind.UNREACHABLE)
                : failed;
    }

    /** Whether this program may not use the tables, rather than not reach them. */
    static boolean isMisfit(FlywayException failed) {
        return failed instanceof FlywayValidateException
                || failed.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE;
    }

    private String why() {
        MigrationInfo[] all = flyway.info().all();
        Optional<MigrationInfo> theirs = last(all, MigrationInfo::isApplied);
        MigrationInfo ours = last(all, info -> info.getState().isResolved()).orElseThrow();
        if (Arrays.stream(all).anyMatch(info -> info.getState().isFailed())) {
            return "has an unfinished migration: the process that ran it was killed or failed. Restore a backup;"
                    + " if the database is new and empty, remove it.";
        }
        if (theirs.isEmpty()) {
            return "holds tables that ConsentBridge did not create. Set database.url to a database of its own.";
        }
        String found = "has tables of version " + theirs.get().getVersion() + maker(theirs.get());
        return theirs.get().getVersion().isNewerThan(ours.getVersion().getVersion())
                ? ("%s. This is %s, which knows version %s and must not use newer ones. Run the version that"
                                + " created them or a newer one, or restore a backup from before the upgrade.")
                        .formatted(found, product, ours.getVersion())
                : ("%s, and not those which %s knows as version %s: another build created them, or they were"
                                + " changed. Run the build that created them, restore a backup, or start with a new database.")
                        .formatted(found, product, ours.getVersion());
    }

    private static String maker(MigrationInfo made) {
        String by = String.valueOf(made.getInstalledBy());
        return by.startsWith(NAME) ? ", created by " + by : "";
    }

    private static Optional<MigrationInfo> last(MigrationInfo[] all, Predicate<MigrationInfo> which) {
        return Arrays.stream(all)
                .filter(MigrationInfo::isVersioned)
                .filter(which)
                .max(Comparator.comparing(MigrationInfo::getVersion));
    }
}
