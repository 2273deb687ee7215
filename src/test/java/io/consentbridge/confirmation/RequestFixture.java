package io.consentbridge.confirmation;

import io.consentbridge.audience.Content;
import io.consentbridge.audience.Contents;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Requests over a fresh database, and short ways to play one. */
final class RequestFixture implements AutoCloseable {

    static final String RUN = "run-1";
    static final String SYNC = "leads-news";

    final OutboxFixture outbox;
    final Map<String, Purpose> purposes = new HashMap<>();
    final ConfirmationRequests requests;
    int perHour = 200;

    RequestFixture(TestDatabase engine) {
        outbox = new OutboxFixture(engine);
        purposes.put("news", purpose("Yes, write to me.", Optional.empty(), Optional.empty()));
        requests = requests();
    }

    /** Another node on the same database. */
    ConfirmationRequests requests() {
        return ConfirmationRequests.of(
                outbox.database,
                outbox.clock,
                () -> purposes,
                connection -> ZoneOffset.UTC,
                () -> perHour,
                outbox.outbox,
                outbox.members,
                outbox.suppressions);
    }

    static Purpose purpose(String statement, Optional<Duration> reminder, Optional<Period> validity) {
        return purpose("news", statement, reminder, validity);
    }

    private static Purpose purpose(
            String name, String statement, Optional<Duration> reminder, Optional<Period> validity) {
        Confirmation asking = new Confirmation(
                Confirmation.Via.MAIL,
                Optional.of(new Confirmation.Sender("Example", "news@example.com")),
                Optional.of("Please confirm"),
                Optional.of("templates/confirm"),
                Duration.ofDays(14),
                reminder,
                Duration.ofDays(90),
                Optional.of(new Ground.Field("Newsletter_Requested")),
                Map.of(),
                Optional.empty());
        Disclosure said = new Disclosure(
                Optional.of("en"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Disclosure.OnErasure.UNSUBSCRIBE);
        return new Purpose(
                        name,
                        statement,
                        LawfulBasis.CONSENT,
                        "Product News",
                        false,
                        SignupForm.PRIVATE,
                        List.of(),
                        Optional.empty())
                .with(Optional.of(asking), said);
    }

    /** A person whose record asks for consent, as a page leaves them. */
    void ask(int number) {
        Person person = OutboxFixture.person(number);
        outbox.database.change(handle -> {
            handle.execute(
                    "insert into source_record (sync, record_id, person_id, modified_at, settled, decision) values (?, ?, ?, ?, true, 'request-consent')",
                    SYNC,
                    "r" + number,
                    PersonNumbers.of(handle, List.of(person)).of(person),
                    outbox.clock.instant());
            ask(handle, person, "r" + number);
        });
    }

    /** Asks the same person for a second purpose, which from now on there is. */
    void askForMore(int number, String name, String statement) {
        Purpose more = purpose(name, statement, Optional.empty(), Optional.empty());
        purposes.put(name, more);
        outbox.database.change(handle -> ask(handle, more, OutboxFixture.person(number), "r" + number));
    }

    /** Asks a person for a record, as the transaction of a page does. */
    void ask(Handle handle, Person person, String record) {
        ask(handle, purposes.get("news"), person, record);
    }

    private void ask(Handle handle, Purpose purpose, Person person, String record) {
        PageRequests.ask(
                handle,
                purpose,
                List.of(new NewRequest(
                        "main",
                        purpose,
                        person,
                        person.address(),
                        new Ground.Field("Newsletter_Requested"),
                        outbox.list,
                        Optional.empty(),
                        SYNC,
                        "Leads",
                        record,
                        RUN,
                        Contents.write(new Content(Map.of("Contact Email", person.address()), List.of(), null)),
                        "fp-" + record,
                        outbox.clock.instant())));
    }

    /** Claims one mail, and sends it with a token of that name. */
    DueRequest send(String token) {
        DueRequest due = claimOne();
        keep(due, token);
        requests.mails().sent(due.id(), outbox.clock.instant());
        return due;
    }

    /** Keeps the mail of a claimed request under names made of its token. */
    void keep(DueRequest due, String token) {
        requests.mails().keepMail(due.id(), token, token + "@mail.example.com", "hash-" + token);
    }

    DueRequest claimOne() {
        List<DueRequest> due = requests.claims().claim(outbox.clock.instant(), 10);
        if (due.size() != 1) {
            throw new AssertionError("one request should be claimed, but it were " + due.size());
        }
        return due.get(0);
    }

    AnswerEvidence evidence() {
        return new AnswerEvidence(outbox.clock.instant(), "en", "Browser", "192.0.2.0");
    }

    RequestState state(long id) {
        return outbox.database.query(
                handle -> RequestRows.find(handle, id).orElseThrow().state());
    }

    long count(String table) {
        return outbox.database.query(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        outbox.close();
    }
}
