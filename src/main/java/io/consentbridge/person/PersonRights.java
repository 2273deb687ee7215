package io.consentbridge.person;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.run.RunQueries;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What can be done for one person.
 *
 * @param suppressions suppressions by hand
 * @param erasures erasures
 * @param exports exports
 * @param retention forgets people of whom nothing is known any more
 */
public record PersonRights(
        ManualSuppressions suppressions, Erasures erasures, Exports exports, PeopleRetention retention) {

    /**
     * @param catalog the current syncs and purposes
     * @param keys destroys the keys of people
     * @param proofs writes entries of the ledger with their proofs
     */
    public static PersonRights of(
            Database database,
            Supplier<SyncCatalog> catalog,
            MailingLists lists,
            RunQueries runs,
            Outbox outbox,
            Members members,
            Suppressions suppressions,
            ErasedPeople erased,
            Erasures.PersonKeys keys,
            Exports.Proofs proofs,
            InstantSource clock) {
        Lists known = new Lists(catalog, lists, runs);
        Leavers leavers = new Leavers(outbox, members);
        return new PersonRights(
                new ManualSuppressions(database, known, leavers, suppressions, erased, clock),
                new Erasures(database, known, leavers, suppressions, erased, keys, clock),
                new Exports(database, () -> catalog.get().files().purposes(), proofs, clock),
                new PeopleRetention(database, keys, clock));
    }
}
