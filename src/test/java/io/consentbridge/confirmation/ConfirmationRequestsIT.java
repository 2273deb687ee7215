package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("ConfirmationRequestsIT: requests for consent from their claim to their end")
class ConfirmationRequestsIT {

    private final TestDatabase engine;
    private RequestFixture fixture;

    ConfirmationRequestsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new RequestFixture(engine);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("A click that confirms puts the person into the outbox of the purpose's list, once")
    void confirmed() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        assertThat(due.statement()).isEqualTo("Yes, write to me.");
        assertThat(due.language()).isEqualTo("en");

        assertThat(fixture.requests.links().byToken("token").orElseThrow().state())
                .isEqualTo(RequestState.SENT);
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.AlreadyDone.class);

        assertThat(fixture.outbox.claim("one", 10))
                .extracting(delivery -> delivery.person().address())
                .containsExactly("p1@example.com");
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.GIVEN);
        assertThat(decision()).isEqualTo("deliver-as-expressed");
    }

    private String decision() {
        return fixture.outbox.database.query(handle -> handle.createQuery("select decision from source_record")
                .mapTo(String.class)
                .one());
    }

    @Test
    @DisplayName("A refusal suppresses the person for the list, survives a later confirmation, and takes a member off")
    void refused() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
        fixture.outbox.outbox.settle(List.of(delivered()));

        assertThat(fixture.requests.links().refuse("token", fixture.evidence())).isInstanceOf(Answered.Done.class);
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.WITHDRAWN);
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.AlreadyDone.class);
        assertThat(fixture.outbox.suppressions.of("main", fixture.outbox.list, List.of(OutboxFixture.person(1))))
                .isNotEmpty();
        assertThat(fixture.outbox.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }

    private Settlement delivered() {
        var delivery = fixture.outbox.claimOne();
        return new Settlement.Delivered(delivery, delivery.onSuccess(), false);
    }

    @Test
    @DisplayName("A refusal while the subscription is in flight takes the person off once it has arrived")
    void refusedInFlight() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        var inFlight = delivered();
        fixture.requests.links().refuse("token", fixture.evidence());
        fixture.outbox.outbox.settle(List.of(inFlight));
        assertThat(fixture.outbox.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }

    @Test
    @DisplayName("A subscription that waits is not made after a refusal")
    void refusedWaiting() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.requests.links().refuse("token", fixture.evidence());
        assertThat(fixture.outbox.claim("one", 10)).isEmpty();
    }

    @Test
    @DisplayName(
            "A subscription that waits is not made after the consent was taken back in another way, even if that refusal ends")
    void takenBackWaiting() {
        fixture.outbox.database.change(handle -> handle.execute(
                "insert into run (id, sync, connection, cause, full_read, due_at, state, started_at) values (?, ?, 'main', 'command', false, ?, 'delivering', ?)",
                RequestFixture.RUN,
                RequestFixture.SYNC,
                fixture.outbox.clock.instant(),
                fixture.outbox.clock.instant()));
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.outbox.database.change(handle -> PageRequests.withdraw(
                handle,
                "main",
                List.of(OutboxFixture.person(1)),
                Optional.of("news"),
                LedgerEvent.OPERATOR,
                fixture.outbox.clock.instant()));
        assertThat(fixture.outbox.claim("one", 10)).isEmpty();
        assertThat(texts("select sync || ' ' || record_id from remaining_record"))
                .as("read again")
                .containsExactly("leads-news r1");
    }

    private List<String> texts(String query) {
        return fixture.outbox.database.query(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Test
    @DisplayName("A mail is claimed once, whatever becomes of the process; its link counts if it was sent after all")
    void atMostOnce() {
        fixture.ask(1);
        DueRequest due = fixture.claimOne();
        fixture.keep(due, "token");
        // The process dies here.
        fixture.outbox.clock.pass(Duration.ofDays(1));
        assertThat(fixture.requests().claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.SENDING);
        assertThat(fixture.requests().links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
    }

    @Test
    @DisplayName("A report about a mail of which nobody recorded that it was sent ends its request")
    void bouncedThoughNotRecorded() {
        fixture.ask(1);
        DueRequest due = fixture.claimOne();
        fixture.keep(due, "token");
        // The process dies here, or the report is quicker than the record.
        assertThat(fixture.requests
                        .mails()
                        .bouncedMessage("token@mail.example.com", "5.1.1", fixture.outbox.clock.instant()))
                .isTrue();
        fixture.requests.mails().sent(due.id(), fixture.outbox.clock.instant());
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.BOUNCED);
    }

    @Test
    @DisplayName("An answer names the mail whose link was used, also when nobody recorded that it was sent")
    void evidenceOfTheMail() {
        fixture.purposes.put(
                "news", RequestFixture.purpose("Yes, write to me.", Optional.of(Duration.ofDays(3)), Optional.empty()));
        fixture.ask(1);
        String firstSent = fixture.outbox.clock.instant().toString();
        fixture.send("first");
        fixture.outbox.clock.pass(Duration.ofDays(3));
        fixture.send("second");
        fixture.requests.links().confirm("first", fixture.evidence());
        assertThat(evidence("given"))
                .contains("first@mail.example.com", "hash-first", "\"sentAt\":\"" + firstSent)
                .doesNotContain("second");

        fixture.ask(2);
        fixture.keep(fixture.claimOne(), "third");
        fixture.requests.links().refuse("third", fixture.evidence());
        assertThat(evidence("refused"))
                .contains("third@mail.example.com", "hash-third")
                .doesNotContain("sentAt");
    }

    @Test
    @DisplayName("When the mail was sent is known also of a person who answers before it is recorded")
    void quickAnswer() {
        fixture.ask(1);
        DueRequest due = fixture.claimOne();
        fixture.keep(due, "token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.requests.mails().sent(due.id(), fixture.outbox.clock.instant());
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.GIVEN);
        assertThat(new RequestQueries(fixture.outbox.database)
                        .of(OutboxFixture.person(1))
                        .get(0)
                        .sentAt())
                .contains(fixture.outbox.clock.instant());
    }

    @Test
    @DisplayName("A request of which nobody knows whether its mail was sent expires like others")
    void perhapsSentExpires() {
        fixture.ask(1);
        DueRequest due = fixture.claimOne();
        fixture.outbox.clock.pass(Duration.ofDays(15));
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isEqualTo(1);
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.EXPIRED);
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isZero();
    }

    @Test
    @DisplayName(
            "A click after the time is over confirms nothing, also before the request is ended; a refusal still counts")
    void late() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        fixture.outbox.clock.pass(Duration.ofDays(15));
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Expired.class);
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Expired.class);
        assertThat(fixture.requests.links().refuse("token", fixture.evidence())).isInstanceOf(Answered.Done.class);
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.REFUSED);
    }

    @Test
    @DisplayName("A click after the wording or the address changed confirms nothing")
    void replaced() {
        fixture.ask(1);
        fixture.send("token");
        var before = fixture.purposes.put(
                "news", RequestFixture.purpose("Another wording.", Optional.empty(), Optional.empty()));
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Replaced.class);
        assertThat(fixture.requests.links().byToken("token").orElseThrow().replaced())
                .isTrue();
        fixture.purposes.put("news", before);
        fixture.outbox.database.change(handle -> {
            handle.execute("insert into person (id, address) values (900, 'new@example.com')");
            handle.execute("update source_record set person_id = 900");
        });
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Replaced.class);
        assertThat(fixture.outbox.claim("one", 10)).isEmpty();
    }

    @Test
    @DisplayName("Nobody is asked who refused, whose record left or says something else, or whose wording changed")
    void nobodyInVain() {
        for (int number = 1; number <= 4; number++) {
            fixture.ask(number);
        }
        fixture.outbox.database.change(handle -> {
            handle.execute("update source_record set decision = 'unmatched' where record_id = 'r1'");
            handle.execute("update source_record set decision = 'withhold' where record_id = 'r2'");
            fixture.outbox.suppressions.add(
                    handle,
                    List.of(new Suppression(
                            "main",
                            OutboxFixture.person(3),
                            0,
                            "crm:Leads:r3",
                            IgnoreReason.OPTED_OUT,
                            fixture.outbox.clock.instant())));
        });
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .extracting(due -> due.person().address())
                .containsExactly("p4@example.com");
        fixture.ask(5);
        fixture.purposes.put("news", RequestFixture.purpose("Another wording.", Optional.empty(), Optional.empty()));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
    }

    @Test
    @DisplayName("While the run still reads, or the brake holds it, nobody is asked")
    void braked() {
        fixture.ask(1);
        fixture.outbox.database.change(handle -> handle.execute(
                "insert into run (id, sync, connection, cause, full_read, due_at, state, started_at) values (?, ?, 'main', 'command', false, ?, 'reading', ?)",
                RequestFixture.RUN,
                RequestFixture.SYNC,
                fixture.outbox.clock.instant(),
                fixture.outbox.clock.instant()));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        fixture.outbox.database.change(handle -> handle.execute("update run set state = 'braked'"));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        fixture.outbox.database.change(handle -> handle.execute("update run set state = 'completed'"));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .hasSize(1);
    }

    @Test
    @DisplayName("While a connection is switched off nobody is asked for it")
    void switchedOff() {
        fixture.ask(1);
        Integrations integrations = new Integrations(fixture.outbox.database, fixture.outbox.clock);
        integrations.switchOff("main", Integrations.Kind.DEACTIVATED);
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        integrations.switchOn("main");
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .hasSize(1);
    }

    @Test
    @DisplayName("All nodes together keep the pace of an hour, and each mail is claimed by one of them")
    void pace() {
        fixture.perHour = 5;
        for (int number = 1; number <= 12; number++) {
            fixture.ask(number);
        }
        List<CompletableFuture<List<DueRequest>>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            ConfirmationRequests one = fixture.requests();
            nodes.add(CompletableFuture.supplyAsync(() -> one.claims().claim(fixture.outbox.clock.instant(), 3)));
        }
        List<Long> claimed = nodes.stream()
                .flatMap(node -> node.join().stream())
                .map(DueRequest::id)
                .toList();
        assertThat(claimed).hasSize(5).doesNotHaveDuplicates();
        fixture.outbox.clock.pass(Duration.ofMinutes(59));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        fixture.outbox.clock.pass(Duration.ofMinutes(2));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .hasSize(5);
    }

    @Test
    @DisplayName("One reminder follows, and never a second one; a confirmation before it ends it")
    void reminder() {
        fixture.purposes.put(
                "news", RequestFixture.purpose("Yes, write to me.", Optional.of(Duration.ofDays(3)), Optional.empty()));
        fixture.ask(1);
        assertThat(fixture.send("first").reminder()).isFalse();
        fixture.outbox.clock.pass(Duration.ofDays(2));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        fixture.outbox.clock.pass(Duration.ofDays(1));
        assertThat(fixture.send("second").reminder()).isTrue();
        fixture.outbox.clock.pass(Duration.ofDays(6));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        assertThat(fixture.requests.links().confirm("first", fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
    }

    @Test
    @DisplayName(
            "A server that is down is tried again later, and a refused recipient counts as bounced and is not asked again")
    void failures() {
        fixture.ask(1);
        DueRequest due = fixture.claimOne();
        fixture.requests.mails().failed(due.id(), MailResults.Failure.TEMPORARY, "421");
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        fixture.outbox.clock.pass(Duration.ofMinutes(6));
        assertThat(fixture.claimOne().id()).isEqualTo(due.id());
        fixture.requests.mails().failed(due.id(), MailResults.Failure.PERMANENT, "550");
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.BOUNCED);
        fixture.outbox.clock.pass(Duration.ofDays(1));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "A mail that comes back ends its request, by its id or by the address; one that is only delayed does not")
    void bounces() {
        fixture.ask(1);
        fixture.ask(2);
        List<DueRequest> due = fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10);
        due.forEach(one -> {
            fixture.keep(one, "t" + one.id());
            fixture.requests.mails().sent(one.id(), fixture.outbox.clock.instant());
        });
        long first = due.get(0).id();
        assertThat(fixture.requests
                        .mails()
                        .bouncedMessage("t" + first + "@mail.example.com", "4.4.1", fixture.outbox.clock.instant()))
                .isFalse();
        assertThat(fixture.state(first)).isEqualTo(RequestState.SENT);
        assertThat(fixture.requests
                        .mails()
                        .bouncedMessage("t" + first + "@mail.example.com", "5.1.1", fixture.outbox.clock.instant()))
                .isTrue();
        assertThat(fixture.requests
                        .mails()
                        .bouncedAddress(OutboxFixture.person(2), "5.1.1", fixture.outbox.clock.instant()))
                .isTrue();
        assertThat(due).allSatisfy(one -> assertThat(fixture.state(one.id())).isEqualTo(RequestState.BOUNCED));
        assertThat(fixture.requests.links().confirm("t" + first, fixture.evidence()))
                .isInstanceOf(Answered.Expired.class);
    }

    @Test
    @DisplayName("A consent with a validity ends after its last day")
    void validity() {
        fixture.purposes.put(
                "news", RequestFixture.purpose("Yes, write to me.", Optional.empty(), Optional.of(Period.ofDays(10))));
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        assertThat(fixture.count("consent_end")).isEqualTo(1);
        fixture.outbox.clock.pass(Duration.ofDays(9));
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isZero();
        fixture.outbox.clock.pass(Duration.ofDays(2));
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isEqualTo(1);
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.EXPIRED);
    }

    @Test
    @DisplayName("Two clicks at once are one answer, on any nodes")
    void twoClicks() {
        fixture.ask(1);
        fixture.send("token");
        List<CompletableFuture<Answered>> clicks = new ArrayList<>();
        for (int click = 0; click < 4; click++) {
            ConfirmationRequests node = fixture.requests();
            clicks.add(CompletableFuture.supplyAsync(() -> node.links().confirm("token", fixture.evidence())));
        }
        assertThat(clicks.stream().map(CompletableFuture::join).filter(Answered.Done.class::isInstance))
                .hasSize(1);
        assertThat(fixture.outbox.claim("one", 10)).hasSize(1);
    }

    @Test
    @DisplayName("A token that is guessed, cut or made up is unknown")
    void unknown() {
        fixture.ask(1);
        fixture.send("token");
        assertThat(fixture.requests.links().confirm("toke", fixture.evidence())).isInstanceOf(Answered.Unknown.class);
        assertThat(fixture.requests.links().refuse("", fixture.evidence())).isInstanceOf(Answered.Unknown.class);
        assertThat(fixture.requests.links().byToken("another")).isEmpty();
    }

    @Test
    @DisplayName("A clock that runs backwards sends nothing twice, exceeds no pace, and expires nothing early")
    void clockRunsBackwards() {
        fixture.perHour = 2;
        fixture.ask(1);
        fixture.ask(2);
        fixture.ask(3);
        List<DueRequest> due = fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10);
        assertThat(due).hasSize(2);
        due.forEach(one -> fixture.keep(one, "t" + one.id()));
        fixture.outbox.clock.pass(Duration.ofDays(-2));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isZero();
        assertThat(fixture.requests.links().confirm("t" + due.get(0).id(), fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
        fixture.outbox.clock.pass(Duration.ofDays(2));
        assertThat(fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "A confirmation of a person whose record is gone is kept, and subscribes nobody until the record is back")
    void recordGone() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        fixture.outbox.database.change(handle -> handle.execute("delete from source_record"));
        assertThat(fixture.requests.links().confirm("token", fixture.evidence()))
                .isInstanceOf(Answered.Done.class);
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.GIVEN);
        assertThat(fixture.outbox.claim("one", 10)).isEmpty();
    }

    @Test
    @DisplayName(
            "Two syncs that ask a person at once, on any nodes, make one request; a refusal or a bounce makes none")
    void askedOnce() {
        List<CompletableFuture<Void>> pages = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            String record = "r" + page;
            pages.add(CompletableFuture.runAsync(() ->
                    fixture.outbox.database.change(handle -> fixture.ask(handle, OutboxFixture.person(1), record))));
        }
        pages.forEach(CompletableFuture::join);
        assertThat(fixture.count("confirmation_request")).isEqualTo(1);

        fixture.ask(2);
        DueRequest due = fixture.requests.claims().claim(fixture.outbox.clock.instant(), 10).stream()
                .filter(one -> one.person().equals(OutboxFixture.person(2)))
                .findFirst()
                .orElseThrow();
        fixture.requests.mails().failed(due.id(), MailResults.Failure.PERMANENT, "550");
        fixture.ask(3);
        fixture.send("three");
        fixture.requests.links().refuse("three", fixture.evidence());
        long before = fixture.count("confirmation_request");
        fixture.outbox.clock.pass(Duration.ofDays(400));
        fixture.outbox.database.change(handle -> {
            fixture.ask(handle, OutboxFixture.person(2), "r2");
            fixture.ask(handle, OutboxFixture.person(3), "r3");
        });
        assertThat(fixture.count("confirmation_request")).isEqualTo(before);
    }

    @Test
    @DisplayName("A person who did not answer is asked again after askAgain, and not before")
    void askedAgain() {
        fixture.ask(1);
        fixture.send("one");
        fixture.outbox.clock.pass(Duration.ofDays(15));
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());
        fixture.outbox.database.change(handle -> fixture.ask(handle, OutboxFixture.person(1), "r1"));
        assertThat(fixture.count("confirmation_request")).isEqualTo(1);
        fixture.outbox.clock.pass(Duration.ofDays(76));
        fixture.outbox.database.change(handle -> fixture.ask(handle, OutboxFixture.person(1), "r1"));
        assertThat(fixture.count("confirmation_request")).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "A new request first ends the consent before it, so that a late end of that never follows the new answer")
    void endsFormer() {
        fixture.purposes.put(
                "news", RequestFixture.purpose("Yes, write to me.", Optional.empty(), Optional.of(Period.ofDays(10))));
        fixture.ask(1);
        DueRequest first = fixture.send("one");
        fixture.requests.links().confirm("one", fixture.evidence());
        fixture.outbox.clock.pass(Duration.ofDays(91));
        askAgain();
        assertThat(fixture.state(first.id())).isEqualTo(RequestState.EXPIRED);
        fixture.send("two");
        fixture.requests.links().confirm("two", fixture.evidence());
        assertThat(fixture.requests.expiry().expire(fixture.outbox.clock.instant()))
                .isZero();

        fixture.purposes.put("news", RequestFixture.purpose("Other letters.", Optional.empty(), Optional.empty()));
        fixture.outbox.clock.pass(Duration.ofDays(91));
        askAgain();
        fixture.send("three");
        fixture.requests.links().confirm("three", fixture.evidence());
        fixture.outbox.clock.pass(Duration.ofDays(91));
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());

        assertThat(events())
                .containsExactly(
                        "requested product",
                        "sent mail",
                        "given page",
                        "expired product",
                        "requested product",
                        "sent mail",
                        "given page",
                        "expired product",
                        "requested product",
                        "sent mail",
                        "given page");
        assertThat(texts("select coalesce(ended_because, state) from confirmation_request order by id"))
                .containsExactly("validity", "validity", "given");
    }

    @Test
    @DisplayName(
            "While a request waits for its end, no other one is opened; a consent to a former wording ends with the next request")
    void oneAtATime() {
        fixture.ask(1);
        DueRequest first = fixture.send("one");
        fixture.outbox.clock.pass(Duration.ofDays(200));
        askAgain();
        assertThat(fixture.count("confirmation_request")).as("still to expire").isEqualTo(1);
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());
        askAgain();
        fixture.send("two");
        fixture.requests.links().confirm("two", fixture.evidence());
        fixture.purposes.put("news", RequestFixture.purpose("Other letters.", Optional.empty(), Optional.empty()));
        fixture.outbox.clock.pass(Duration.ofDays(91));
        askAgain();
        assertThat(fixture.state(first.id())).isEqualTo(RequestState.EXPIRED);
        assertThat(texts("select coalesce(ended_because, state) from confirmation_request order by id"))
                .containsExactly("expired", "replaced", "requested");
    }

    @Test
    @DisplayName("A refusal by the link of an old mail takes back what the person consented to since")
    void refusedByOldLink() {
        fixture.ask(1);
        DueRequest first = fixture.send("one");
        fixture.requests.links().confirm("one", fixture.evidence());
        fixture.purposes.put("news", RequestFixture.purpose("Other letters.", Optional.empty(), Optional.empty()));
        fixture.outbox.clock.pass(Duration.ofDays(91));
        askAgain();
        DueRequest second = fixture.send("two");
        fixture.requests.links().confirm("two", fixture.evidence());

        assertThat(fixture.requests.links().refuse("one", fixture.evidence())).isInstanceOf(Answered.Done.class);

        assertThat(fixture.state(first.id())).isEqualTo(RequestState.REFUSED);
        assertThat(fixture.state(second.id())).isEqualTo(RequestState.WITHDRAWN);
        assertThat(decision()).isEqualTo("suppress");
        assertThat(events()).endsWith("refused page", "withdrawn page");
    }

    @Test
    @DisplayName("A refusal at a former address takes back what the person consented to at the later one")
    void refusedAtFormerAddress() {
        fixture.ask(1);
        DueRequest due = fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.outbox.database.change(handle -> FormerAddresses.moved(
                handle,
                "main",
                RequestFixture.SYNC,
                List.of(new FormerAddresses.Moved("r1", OutboxFixture.person(2), OutboxFixture.person(1)))));
        fixture.outbox.database.change(handle -> PageRequests.withdraw(
                handle, "main", List.of(OutboxFixture.person(2)), fixture.outbox.clock.instant()));
        assertThat(fixture.state(due.id())).isEqualTo(RequestState.WITHDRAWN);
    }

    private void askAgain() {
        fixture.outbox.database.change(handle -> {
            handle.execute("update source_record set decision = 'request-consent'");
            fixture.ask(handle, OutboxFixture.person(1), "r1");
        });
    }

    @Test
    @DisplayName("Each change of a state appends its event to the ledger, with the evidence of the answer")
    void ledger() {
        fixture.ask(1);
        fixture.send("token");
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.requests.links().confirm("token", fixture.evidence());
        fixture.requests.links().refuse("token", fixture.evidence());
        fixture.ask(2);
        fixture.claimOne();
        fixture.outbox.clock.pass(Duration.ofDays(15));
        fixture.requests.expiry().expire(fixture.outbox.clock.instant());
        assertThat(events())
                .containsExactly(
                        "requested product",
                        "sent mail",
                        "given page",
                        "withdrawn page",
                        "requested product",
                        "expired product");
        assertThat(evidence("given"))
                .contains("Yes, write to me.", "token@mail.example.com", "hash-token", "Browser", "192.0.2.0");
    }

    private List<String> events() {
        return fixture.outbox.database.query(handle -> handle.createQuery(
                        "select k.event || ' ' || k.source from ledger_event e join ledger_kind k on k.id = e.kind order by e.id")
                .mapTo(String.class)
                .list());
    }

    private String evidence(String event) {
        return fixture.outbox.database.query(handle -> handle.createQuery(
                        "select e.evidence from ledger_event e join ledger_kind k on k.id = e.kind where k.event = :event")
                .bind("event", event)
                .mapTo(String.class)
                .one());
    }
}
