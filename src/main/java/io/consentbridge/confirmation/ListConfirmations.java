package io.consentbridge.confirmation;

import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The consents of people whom Campaigns asks through a list with a public sign-up form. */
public final class ListConfirmations {

    private final Database database;
    private final InstantSource clock;
    private final AskedWording wording;
    private final GivenConsents consents;

    ListConfirmations(Database database, InstantSource clock, AskedWording wording, GivenConsents consents) {
        this.database = database;
        this.clock = clock;
        this.wording = wording;
        this.consents = consents;
    }

    /**
     * Takes those for given whom Campaigns asked through that list and who are on it as active now: only people who
     * confirmed are (Z). The caller has just seen that the list has a public sign-up form; on any other list people are
     * active at once. Assumes that the members of the list were just read.
     *
     * @param listId row of the list through which Campaigns asks
     * @return how many
     */
    public int followed(long listId) {
        List<Long> active = database.query(handle ->
                handle.createQuery("""
                        select q.id from confirmation_request q
                        join list_member m on m.list_id = q.asking_list_id and m.person_id = q.person_id
                        where q.asking_list_id = :list and q.state in ('sending', 'sent')
                          and m.active and m.seen_at >= q.requested_at
                        order by q.id
                        """).bind("list", listId).mapTo(Long.class).list());
        return (int) active.stream().filter(this::followedOne).count();
    }

    private boolean followedOne(long id) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            Optional<Request> confirmed = RequestRows.lock(handle, id)
                    .filter(request -> request.stateAt(now).after(Step.CONFIRM).isPresent())
                    .filter(request -> !wording.replaced(handle, request) && !consents.barred(handle, request));
            confirmed.ifPresent(request -> consents.give(
                    handle,
                    request,
                    LedgerEvent.CAMPAIGNS,
                    Map.of("ground", request.ground(), "address", request.address(), "seenActive", now.toString()),
                    now));
            return confirmed.isPresent();
        });
    }
}
