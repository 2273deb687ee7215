package io.consentbridge.confirmation;

import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.ConfirmedRecords;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What follows when a person refuses by a link: they are suppressed for the purpose's list, and leave it. */
final class LinkRefusals {

    private final Outbox outbox;
    private final Members members;
    private final Suppressions suppressions;

    LinkRefusals(Outbox outbox, Members members, Suppressions suppressions) {
        this.outbox = outbox;
        this.members = members;
        this.suppressions = suppressions;
    }

    /** Carries out, within the transaction, what follows from a refusal that was stored. */
    void follow(Handle handle, Request request, Instant at) {
        ConfirmedRecords.suppress(handle, request.sync(), request.recordId(), request.personId());
        suppress(handle, request, at);
        takeBackOthers(handle, request, at);
    }

    private void suppress(Handle handle, Request request, Instant at) {
        suppressions.add(
                handle,
                List.of(new Suppression(
                        request.connection(),
                        request.person(),
                        request.listId(),
                        Suppression.confirmation(request.purpose()),
                        IgnoreReason.OPTED_OUT,
                        at)));
        List<Person> person = List.of(request.person());
        outbox.awaitSettling(handle, request.connection(), person);
        boolean onList = Optional.ofNullable(members.of(handle, request.listId(), PersonNumbers.known(handle, person))
                        .get(request.person()))
                .filter(Member::perhapsOnList)
                .isPresent();
        if (onList
                && outbox.leaving(handle, request.listId(), Action.UNSUBSCRIBE, person)
                        .isEmpty()) {
            outbox.enqueue(
                    handle,
                    List.of(Draft.leaving(
                                    request.listId(),
                                    request.person(),
                                    request.runId(),
                                    request.recordId(),
                                    new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                            .uncounted()));
        }
    }

    /** Other requests of the person for the purpose: the link may be that of an old mail. */
    private static void takeBackOthers(Handle handle, Request request, Instant at) {
        PageRequests.takeBack(
                        handle,
                        request.connection(),
                        List.of(request.person()),
                        Optional.of(request.purpose()),
                        "page",
                        at)
                .forEach(other -> ConfirmedRecords.suppress(handle, other.sync(), other.recordId(), other.personId()));
    }
}
