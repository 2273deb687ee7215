package io.consentbridge.confirmation;

import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads and writes rows of the tables confirmation_request and confirmation_mail. */
final class RequestRows {

    private static final String BY_ID = "select " + Request.COLUMNS + """
            from confirmation_request q join person p on p.id = q.person_id where q.id = :id
            """;

    /** Why a request ends: somebody refuses mail for the person. */
    static final String SUPPRESSED = "suppressed";

    /** Why a request or a consent ends: it is about another wording than the present one. */
    static final String REPLACED = "replaced";

    /** Why a consent ends: its last day is over. */
    static final String VALIDITY = "validity";

    private RequestRows() {}

    /**
     * Whether the person refused the purpose when they were asked, for good. A refusal in another way, such as an opt-out in the
     * CRM, takes a consent back as well, but may end.
     */
    static boolean refused(RequestState state, Optional<String> because) {
        return state.refuses() && because.filter(SUPPRESSED::equals).isEmpty();
    }

    /** Locks a request until the transaction ends; empty if it was deleted. */
    static Optional<Request> lock(Handle handle, long id) {
        handle.createQuery("select id from confirmation_request where id = :id for update")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
        return find(handle, id);
    }

    /** A request as it is now; empty if it was deleted. */
    static Optional<Request> find(Handle handle, long id) {
        return handle.createQuery(BY_ID).bind("id", id).map(Request::row).findOne();
    }

    /** Locks and reads the oldest requests by mail that are due, in their order; those of runs that are not over wait. */
    static List<Request> due(Handle handle, Instant now, int max) {
        List<Long> ids = handle.createQuery("""
                        select q.id from confirmation_request q
                        where q.due_at <= :now and q.via = 'mail' and (q.expires_at is null or q.expires_at > :now)
                          and not exists (
                            select 1 from run r where r.id = q.run_id and r.state in ('reading', 'braked'))
                          and not exists (
                            select 1 from connection_state c
                            where c.connection = q.connection and c.switched_off is not null)
                        order by q.due_at, q.id fetch first :max rows only for update skip locked
                        """)
                .bind("now", now)
                .bind("max", max)
                .mapTo(Long.class)
                .list();
        return handle.createQuery("select " + Request.COLUMNS + """
                        from confirmation_request q join person p on p.id = q.person_id
                        where q.id = any(:ids) order by q.due_at, q.id
                        """)
                .bindArray("ids", Long.class, ids)
                .map(Request::row)
                .list();
    }

    /** The request of a link; empty if none has this token. */
    static Optional<Long> byToken(Handle handle, String tokenHash) {
        return handle.createQuery("select request_id from confirmation_mail where token_hash = :hash")
                .bind("hash", tokenHash)
                .mapTo(Long.class)
                .findOne();
    }

    /** The requests of a mail; several only if a mail server gave an id twice. */
    static List<Long> byMessage(Handle handle, String messageId) {
        return handle.createQuery("select request_id from confirmation_mail where message_id = :message order by id")
                .bind("message", messageId)
                .mapTo(Long.class)
                .list();
    }

    /** A state that may end by itself. */
    static void state(Handle handle, long id, RequestState state, Instant expiresAt) {
        handle.createUpdate(
                        "update confirmation_request set state = :state, due_at = null, expires_at = :expires where id = :id")
                .bind("state", state.word())
                .bindByType("expires", expiresAt, Instant.class)
                .bind("id", id)
                .execute();
    }

    /** A state in which nothing is due. */
    static void end(Handle handle, Collection<Long> ids, RequestState state, String because) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            update confirmation_request
                            set state = :state, ended_because = :because, due_at = null, expires_at = null
                            where id = any(:ids)
                            """)
                    .bind("state", state.word())
                    .bindByType("because", because, String.class)
                    .bindArray("ids", Long.class, List.copyOf(ids))
                    .execute();
        }
    }

    static void answered(
            Handle handle, long id, RequestState state, Instant at, Optional<LocalDate> validTo, Instant expiresAt) {
        handle.createUpdate("""
                        update confirmation_request
                        set state = :state, ended_because = null, answered_at = :at, valid_to = :valid, due_at = null,
                            expires_at = :expires
                        where id = :id
                        """)
                .bind("state", state.word())
                .bind("at", at)
                .bindByType("valid", validTo.orElse(null), LocalDate.class)
                .bindByType("expires", expiresAt, Instant.class)
                .bind("id", id)
                .execute();
    }

    /** The state after a refusal by another way. */
    static void withdrawn(Handle handle, long id, RequestState state, Instant at) {
        handle.createUpdate("""
                        update confirmation_request
                        set state = :state, ended_because = :because, answered_at = coalesce(answered_at, :at), due_at = null,
                            expires_at = null
                        where id = :id
                        """)
                .bind("state", state.word())
                .bind("because", SUPPRESSED)
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    static void sending(Handle handle, List<Long> ids, Instant now) {
        handle.createUpdate("""
                        update confirmation_request
                        set state = 'sending', due_at = null, attempts = attempts + 1, claimed_at = coalesce(claimed_at, :now)
                        where id = any(:ids) and state = 'requested'
                        """)
                .bind("now", now)
                .bindArray("ids", Long.class, ids)
                .execute();
        handle.createUpdate("""
                        update confirmation_request set due_at = null, attempts = attempts + 1, reminded = true
                        where id = any(:ids) and state = 'sent'
                        """).bindArray("ids", Long.class, ids).execute();
    }

    static void keepMail(Handle handle, long id, String tokenHash, String messageId, String mailHash, Instant now) {
        handle.createUpdate("""
                        insert into confirmation_mail (request_id, token_hash, kept_at, message_id, mail_hash)
                        values (:id, :token, :now, :message, :hash)
                        """)
                .bind("id", id)
                .bind("token", tokenHash)
                .bind("now", now)
                .bind("message", messageId)
                .bind("hash", mailHash)
                .execute();
    }

    /** The mail that was kept last was sent. */
    static Mail mailSent(Handle handle, long id, Instant at) {
        long last = handle.createQuery("select max(id) from confirmation_mail where request_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
        handle.createUpdate("update confirmation_mail set sent_at = :at where id = :last and sent_at is null")
                .bind("last", last)
                .bind("at", at)
                .execute();
        return handle.createQuery("select message_id, mail_hash, sent_at from confirmation_mail where id = :last")
                .bind("last", last)
                .map(Mail::row)
                .one();
    }

    /** The mail of a link that is known. */
    static Mail mailOf(Handle handle, String tokenHash) {
        return handle.createQuery(
                        "select message_id, mail_hash, sent_at from confirmation_mail where token_hash = :token")
                .bind("token", tokenHash)
                .map(Mail::row)
                .one();
    }

    /** @param sentAt when the mail server took it; empty if nobody recorded that it did */
    record Mail(String messageId, String hash, Optional<Instant> sentAt) {

        private static Mail row(ResultSet row, StatementContext context) throws SQLException {
            return new Mail(
                    row.getString("message_id"), row.getString("mail_hash"), Columns.optionalInstant(row, "sent_at"));
        }
    }

    /** Postpones a mail that nobody took; the state is that before the claim. */
    static void postpone(Handle handle, Request request, Instant due) {
        handle.createUpdate("""
                        update confirmation_request set state = :state, due_at = :due, reminded = false
                        where id = :id
                        """)
                .bind(
                        "state",
                        request.state()
                                .after(RequestState.Step.POSTPONE)
                                .orElse(request.state())
                                .word())
                .bind("due", due)
                .bind("id", request.id())
                .execute();
    }

    static void sent(Handle handle, long id, Instant at, Instant expiresAt, Instant due) {
        handle.createUpdate("""
                        update confirmation_request
                        set state = 'sent', sent_at = :at, expires_at = :expires, due_at = :due
                        where id = :id
                        """)
                .bind("at", at)
                .bind("expires", expiresAt)
                .bindByType("due", due, Instant.class)
                .bind("id", id)
                .execute();
    }

    /** The first mail was sent; state and times of the request are beyond that. */
    static void sentBefore(Handle handle, long id, Instant at) {
        handle.createUpdate("update confirmation_request set sent_at = :at where id = :id and sent_at is null")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    static void insert(Handle handle, List<NewRequest> requests, Function<NewRequest, Long> person) {
        BulkInsert.into("confirmation_request", requests)
                .texts("connection", NewRequest::connection)
                .texts("purpose", request -> request.purpose().name())
                .texts("statement_version", request -> request.purpose().statementVersion())
                .numbers("person_id", person::apply)
                .texts("address", NewRequest::address)
                .texts("via", request -> request.via().word())
                .texts("state", request -> request.state().word())
                .texts("ground", request -> request.ground().words())
                .numbers("list_id", NewRequest::listId)
                .numbers("asking_list_id", request -> request.askingListId().orElse(null))
                .texts("sync", NewRequest::sync)
                .texts("module", NewRequest::module)
                .texts("record_id", NewRequest::recordId)
                .texts("run_id", NewRequest::runId)
                .texts("content", NewRequest::content)
                .texts("fingerprint", NewRequest::fingerprint)
                .times("requested_at", NewRequest::at)
                .times("due_at", NewRequest::dueAt)
                .times("claimed_at", NewRequest::claimedAt)
                .times("expires_at", NewRequest::expiresAt)
                .execute(handle);
    }
}
