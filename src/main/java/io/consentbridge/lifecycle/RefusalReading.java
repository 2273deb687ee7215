package io.consentbridge.lifecycle;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.Refusers;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.BetweenRuns.Target;
import io.consentbridge.polling.OptOut;
import io.consentbridge.polling.OptOutSweep;
import io.consentbridge.polling.PeopleFields;
import io.consentbridge.polling.SweptModule;
import io.consentbridge.polling.SweptPage;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the refusals of a connection in the CRM between runs, and makes people who refuse leave the lists of active syncs.
 */
public final class RefusalReading {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalReading.class);

    private final SweepSource source;
    private final ServedLists served;
    private final BetweenRuns pages;
    private final BasisReader words;
    private final SweepTurns turns;
    private final InstantSource clock;

    /**
     * @param served where people leave
     * @param pages stores what was read
     * @param words reads the words for the lawful basis
     * @param turns decides which process reads a connection
     */
    public RefusalReading(
            SweepSource source,
            ServedLists served,
            BetweenRuns pages,
            BasisReader words,
            SweepTurns turns,
            InstantSource clock) {
        this.source = source;
        this.served = served;
        this.pages = pages;
        this.words = words;
        this.turns = turns;
        this.clock = clock;
    }

    /** @return whether everything was read now; false when an earlier, interrupted sweep was completed instead */
    boolean read(Connection connection, String turn) {
        Instant began = clock.instant();
        boolean whole = true;
        List<Target> targets = served.targets(connection);
        int leave = 0;
        for (Map.Entry<String, PeopleFields> module : source.fields(connection).entrySet()) {
            Optional<SweptModule> swept = OptOutSweep.swept(module.getKey(), false, module.getValue());
            if (swept.isPresent()) {
                SweepCursor from = source.position(connection, module.getKey());
                whole &= from.next().isEmpty();
                leave += read(connection, swept.get(), from, targets, turn);
            }
        }
        if (whole) {
            source.swept(connection, began);
        }
        if (leave > 0) {
            LOG.info("{}: removals because of refusals found between runs: {}", connection.name(), leave);
        }
        return whole;
    }

    private int read(Connection connection, SweptModule module, SweepCursor from, List<Target> targets, String turn) {
        StoppableIterator<SweptPage> all =
                new StoppableIterator<>(source.pages(connection, module, from), () -> !turns.take(turn));
        int leave = 0;
        while (all.hasNext()) {
            SweptPage page = all.next();
            leave += pages.keep(
                    connection.name(),
                    page,
                    refusals(connection.name(), page),
                    OptOut.withheld(page, words),
                    targets,
                    clock.instant());
        }
        return leave;
    }

    private List<Suppression> refusals(String connection, SweptPage page) {
        Refusers refusers = pages.refusers(connection, page, words);
        List<Suppression> refusals = new ArrayList<>();
        for (CrmRecord record : page.records()) {
            if (FactsReader.read(record.values(), words).refuses()) {
                refusers.of(record, page.module().columns()).stream()
                        .map(person -> new Suppression(
                                connection,
                                person,
                                Suppression.EVERY_LIST,
                                Suppression.crm(page.module().name(), record.id()),
                                IgnoreReason.OPTED_OUT,
                                clock.instant()))
                        .forEach(refusals::add);
            }
        }
        return refusals;
    }
}
