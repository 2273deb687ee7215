package io.consentbridge.lifecycle;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Lapse;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.TermsFingerprint;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.ConsentLost;
import java.util.List;
import java.util.Optional;

/** Predicts how many people will leave because the consent settings in the files have changed since the last delivery. */
public final class ConsentOutlook {

    private final Database database;
    private final MailingLists lists;

    public ConsentOutlook(Database database) {
        this.database = database;
        this.lists = new MailingLists(database);
    }

    /**
     * What the next run will do to the members of a sync.
     *
     * @param leaving how many allow no mail, by what was last read of their records; people whose details have yet to be
     *     read may follow
     * @param members how many members the sync delivers that this product subscribed
     */
    public record Forecast(long leaving, long members) {}

    /**
     * Predicts from stored data, without a call.
     *
     * @param instructions the current files
     * @return empty when the settings behind the sync's decisions have not changed, or its members stay regardless
     */
    public Optional<Forecast> forecast(SyncCatalog instructions, Sync sync) {
        Purpose purpose = instructions.purpose(sync);
        if (sync.whenConsentLost() == ConsentLost.KEEP || !hasChanged(instructions, sync)) {
            return Optional.empty();
        }
        ConsentTerms terms = sync.terms(purpose);
        List<String> others = ListSharers.of(instructions, sync).keySet().stream()
                .filter(other -> instructions
                        .find(other)
                        .filter(known -> hasChanged(instructions, known))
                        .isEmpty())
                .toList();
        return Optional.of(new Forecast(
                count(sync, purpose, Lapse.words(terms), others), count(sync, purpose, Optional.empty(), List.of())));
    }

    private boolean hasChanged(SyncCatalog instructions, Sync sync) {
        String now = TermsFingerprint.fingerprint(
                sync,
                instructions.purpose(sync),
                instructions.files().settings().consentWords());
        return database.query(handle -> handle.createQuery("select consent_terms from sync_cursor where sync = :sync")
                        .bind("sync", sync.name())
                        .mapTo(String.class)
                        .findOne())
                .filter(terms -> !terms.equals(now))
                .isPresent();
    }

    /**
     * @param words counts only people whose record has one of these words; empty for everybody
     * @param keepers syncs whose records keep people on the list
     */
    private long count(Sync sync, Purpose purpose, Optional<List<String>> words, List<String> keepers) {
        Optional<MailingList> list = lists.named(sync.connection(), purpose.list());
        if (list.isEmpty()) {
            return 0;
        }
        return database.query(handle -> handle.createQuery("""
                        select count(distinct s.person_id) from source_record s
                        join list_member m on m.list_id = :list and m.person_id = s.person_id
                        where s.sync = :sync and s.decision in ('deliver', 'deliver-as-expressed') and m.active and m.subscribed_at is not null
                          and (:all or s.says = any(:words))
                          and not exists (
                            select 1 from source_record k
                            where k.person_id = s.person_id and k.sync = any(:keepers)
                              and k.decision in ('deliver', 'deliver-as-expressed'))
                        """)
                .bind("list", list.get().id())
                .bind("sync", sync.name())
                .bind("all", words.isEmpty())
                .bindArray("words", String.class, words.orElse(List.of()))
                .bindArray("keepers", String.class, keepers)
                .mapTo(Long.class)
                .one());
    }
}
