package io.consentbridge.confirmation;

import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What becomes of the mails that were claimed: the mail server takes them or not, and some come back. */
public final class MailResults {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final Database database;
    private final InstantSource clock;
    private final AskedWording wording;

    MailResults(Database database, InstantSource clock, AskedWording wording) {
        this.database = database;
        this.clock = clock;
        this.wording = wording;
    }

    /**
     * Stores by what a mail is known, before it is sent: so its link counts and a report about it is understood even if nobody
     * records that it was sent.
     *
     * @param id the claimed request
     * @param tokenHash SHA-256 of the token of its link, in hexadecimal digits
     * @param messageId its Message-ID
     * @param mailHash SHA-256 of the mail, in hexadecimal digits
     */
    public void keepMail(long id, String tokenHash, String messageId, String mailHash) {
        database.change(handle -> RequestRows.keepMail(handle, id, tokenHash, messageId, mailHash, clock.instant()));
    }

    /**
     * The mail server took the mail of a claimed request, the one that was kept last.
     *
     * @param at when it took it
     */
    public void sent(long id, Instant at) {
        database.change(handle -> RequestRows.lock(handle, id).ifPresent(request -> {
            RequestRows.Mail mail = RequestRows.mailSent(handle, id, at);
            if (request.state().after(Step.SEND).isPresent()) {
                Confirmation asking =
                        wording.purpose(request).flatMap(Purpose::confirmation).orElse(Confirmation.BY_LIST);
                Instant expires = at.plus(asking.expires());
                Instant reminder = asking.reminder()
                        .filter(any -> !request.reminded())
                        .map(at::plus)
                        .filter(expires::isAfter)
                        .orElse(null);
                RequestRows.sent(handle, id, at, expires, reminder);
            } else {
                // The person was quicker, or it is the reminder.
                RequestRows.sentBefore(handle, id, at);
            }
            RequestEvents.append(
                    handle,
                    request,
                    RequestState.SENT,
                    "mail",
                    request.reminded() ? "reminder" : "request",
                    Map.of("messageId", mail.messageId(), "mailHash", mail.hash()),
                    at);
        }));
    }

    /** Why a mail was not taken. */
    public enum Failure {
        /** The server may take it later: the request is due again after a pause. */
        TEMPORARY,
        /** The server refuses the recipient: the request counts as bounced. */
        PERMANENT
    }

    /**
     * The mail server did not take a claimed mail.
     *
     * @param code the server's reply code, such as 550; no text of it
     */
    public void failed(long id, Failure failure, String code) {
        Instant now = clock.instant();
        database.change(handle -> RequestRows.lock(handle, id)
                .filter(request -> request.state() == RequestState.SENDING
                        || request.state() == RequestState.SENT && request.reminded())
                .ifPresent(request -> {
                    if (failure == Failure.PERMANENT) {
                        bounced(handle, request, code, now);
                    } else {
                        RequestRows.postpone(handle, request, now.plus(pause(request.attempts())));
                    }
                }));
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, Math.max(0, attempts - 1)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * A mail came back. A code of the class 4 says that the server still tries, and changes nothing.
     *
     * @param messageId the Message-ID of the mail that came back
     * @param code the status of the notification, such as 5.1.1
     * @return whether a request ended because of it
     */
    public boolean bouncedMessage(String messageId, String code, Instant at) {
        return !code.startsWith("4")
                && database.transaction(handle -> RequestRows.byMessage(handle, messageId).stream()
                                .flatMap(id -> RequestRows.lock(handle, id).stream())
                                .filter(request -> bounced(handle, request, code, at))
                                .count()
                        > 0);
    }

    /**
     * A mail to that address came back, and the notification does not say which.
     *
     * @return whether a request ended because of it
     */
    public boolean bouncedAddress(Person person, String code, Instant at) {
        return !code.startsWith("4")
                && database.transaction(handle -> {
                    List<Long> open = handle.createQuery("""
                                    select q.id from person p join confirmation_request q on q.person_id = p.id
                                    where p.address = :address and q.state in ('sending', 'sent') and q.via = 'mail'
                                    order by q.id
                                    """)
                            .bind("address", person.address())
                            .mapTo(Long.class)
                            .list();
                    return open.stream()
                                    .flatMap(id -> RequestRows.lock(handle, id).stream())
                                    .filter(request -> bounced(handle, request, code, at))
                                    .count()
                            > 0;
                });
    }

    private static boolean bounced(Handle handle, Request request, String code, Instant at) {
        if (request.state().after(Step.BOUNCE).isEmpty()) {
            return false;
        }
        RequestRows.end(handle, List.of(request.id()), RequestState.BOUNCED, null);
        RequestEvents.append(handle, request, RequestState.BOUNCED, "mail", "bounced", Map.of("code", code), at);
        return true;
    }
}
