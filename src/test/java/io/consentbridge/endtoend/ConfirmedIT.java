package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.RunView;
import io.consentbridge.confirmation.AnswerEvidence;
import io.consentbridge.confirmation.Answered;
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.DueRequest;
import io.consentbridge.consent.Person;
import io.consentbridge.decision.PagesOvertaken;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** The closed loop by mail, without the mail: who is asked, and what a click does. */
@EveryEngine
class ConfirmedIT extends EveryEngineFixture {

    private static final Map<String, Object> AT_THE_FAIR = Map.of("Lead_Source", "Trade Show");

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> {
            files.on(engine)
                    .set("CONFIRMATION_PER_HOUR", "100000")
                    .set("PUBLIC_URL", "https://consent.example.com")
                    .set("MAIL_SMTP_HOST", "127.0.0.1");
            for (String name : List.of(
                    "asks",
                    "refuses",
                    "previews",
                    "renewed",
                    "moves",
                    "optsout",
                    "leaves",
                    "complains",
                    "overtaken",
                    "fades")) {
                files.purpose(name, "lawfulBasis: consent", asking("ground: {existingCustomer: " + FAIR + "}"))
                        .sync(name, "Leads", "consent: required");
            }
            files.purpose(
                            "fades",
                            "lawfulBasis: consent",
                            "validity: 10d",
                            asking("ground: {existingCustomer: " + FAIR + "}"))
                    .purpose("groundless", "lawfulBasis: consent", asking("askAgain: 90d"))
                    .sync("groundless", "Leads", "consent: required")
                    .purpose("blind", "lawfulBasis: consent", asking("ground: {field: No_Such_Field}"))
                    .sync("blind", "Leads", "consent: required")
                    .purpose("stays", "lawfulBasis: consent", asking("ground: {existingCustomer: " + FAIR + "}"))
                    .sync(
                            "stays",
                            "Leads",
                            "consent: required",
                            "unmatched: ignore",
                            "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Here}]}")
                    .purpose("twice", "lawfulBasis: consent", asking("ground: {existingCustomer: " + FAIR + "}"))
                    .sync("twice", "Leads", "consent: required")
                    .sync("twice-contacts", "Contacts", "purpose: twice", "consent: required")
                    .purpose("parted", "lawfulBasis: consent", asking("ground: {existingCustomer: " + FAIR + "}"))
                    .sync(
                            "parted",
                            "Leads",
                            "consent: required",
                            "select: {each: view, views: [Hospitality leads, Hot leads]}")
                    .purpose("byzoho", "lawfulBasis: consent", byZoho("Zoho Asks"))
                    .sync("byzoho", "Leads", "consent: required")
                    .purpose("turned", "lawfulBasis: consent", byZoho("Turned Requests"))
                    .sync("turned", "Leads", "consent: required")
                    .purpose(
                            "proves",
                            "lawfulBasis: consent",
                            asking("proof: {Description: statement-version}," + " ground: {existingCustomer: " + FAIR
                                    + "}"))
                    .sync("proves", "Leads", "consent: required");
        });
    }

    private static final String FAIR = "{field: Lead_Source, is: Trade Show}";

    private static String asking(String more) {
        return "confirmation: {from: {name: Example, address: news@example.com}, subject: Please confirm, " + more
                + "}";
    }

    private static String byZoho(String list) {
        return "confirmation: {via: zoho, list: " + list + ", ground: {existingCustomer: " + FAIR + "}}";
    }

    private static ConfirmationRequests requests() {
        return bridge.runtime().components().requests();
    }

    /** Sends all mails that are due, and gives the token to each address. */
    private static DueRequest send(String email) {
        DueRequest found = null;
        for (DueRequest due : requests().claims().claim(Instant.now(), 1000)) {
            requests()
                    .mails()
                    .keepMail(
                            due.id(),
                            due.purpose() + " " + due.address() + (due.reminder() ? " again" : ""),
                            "m" + due.id(),
                            "hash");
            requests().mails().sent(due.id(), Instant.now());
            found = due.address().equals(email) ? due : found;
        }
        return found;
    }

    private static AnswerEvidence evidence() {
        return new AnswerEvidence(Instant.now(), "en", "Browser", "192.0.2.0");
    }

    @Test
    @DisplayName("B93: a person with a ground is asked once, and is on the list after a click that confirms")
    void loop() {
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        String other = bridge.newcomer("Leads", Map.of());
        RunView run = bridge.complete("asks");
        assertThat(bridge.zoho().statuses("asks")).isEmpty();
        bridge.complete("asks");
        bridge.runInFull("asks");

        DueRequest due = send(email);
        assertThat(due.statement()).isEqualTo("Letters");
        assertThat(send(email)).as("asked once").isNull();
        assertThat(requests().links().byToken("asks " + other))
                .as("without a ground")
                .isEmpty();
        bridge.runInFull("asks");
        assertThat(send(email)).isNull();

        assertThat(requests().links().confirm("asks " + email, evidence())).isInstanceOf(Answered.Done.class);
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("asks")).containsOnly(Map.entry(email, "active"));

        assertThat(bridge.operations().explain(email).requests())
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.state()).isEqualTo("given");
                    assertThat(asked.ground()).isEqualTo("existing customer: the CRM field Lead_Source is Trade Show");
                });
        assertThat(bridge.operations().pending("asks").totals())
                .extracting(total -> total.state() + " " + total.requests())
                .contains("given 1");

        bridge.zoho().forgetCalls();
        RunView full = bridge.runInFull("asks");
        assertThat(full.duplicate()).isEqualTo(1);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(bridge.zoho().statuses("asks")).containsOnly(Map.entry(email, "active"));
        assertThat(run.ignored()).containsKey("consent-requested");
    }

    @Test
    @DisplayName("A person who refuses stays off, also after their record was deleted and created again")
    void refuses() {
        String email = "no@refuses.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("refuses");
        send(email);
        assertThat(requests().links().refuse("refuses " + email, evidence())).isInstanceOf(Answered.Done.class);
        bridge.zoho().delete("Leads", id);
        bridge.complete("refuses");
        bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        RunView run = bridge.runInFull("refuses");
        assertThat(run.ignored()).containsEntry("opted-out", run.ignored().get("opted-out"));
        assertThat(send(email)).isNull();
        assertThat(requests().links().confirm("refuses " + email, evidence())).isInstanceOf(Answered.AlreadyDone.class);
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("refuses")).doesNotContainKey(email);
    }

    @Test
    @DisplayName(
            "A refusal counts for the person's next address; a confirmation does not, and they are asked anew there")
    void moves() {
        String email = "old@moves.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        String yes = "yes@moves.example.com";
        String yesId = bridge.zoho().create("Leads", Bridge.fields(yes, AT_THE_FAIR));
        bridge.complete("moves");
        send(email);
        requests().links().refuse("moves " + email, evidence());
        requests().links().confirm("moves " + yes, evidence());
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("moves")).containsEntry(yes, "active");
        bridge.zoho().change("Leads", id, Map.of("Email", "new@moves.example.com"));
        bridge.zoho().change("Leads", yesId, Map.of("Email", "later@moves.example.com"));
        bridge.complete("moves");
        DueRequest asked = send("later@moves.example.com");
        assertThat(asked).as("asked anew at the new address").isNotNull();
        assertThat(requests().links().byToken("moves new@moves.example.com")).isEmpty();
        assertThat(bridge.zoho().statuses("moves"))
                .doesNotContainKeys("new@moves.example.com", "later@moves.example.com");
        assertThat(bridge.zoho().statuses("moves").get(yes)).isNotEqualTo("active");
    }

    @Test
    @DisplayName(
            "A person who confirmed and opts out in the CRM leaves, and what they confirmed does not come back with them")
    void optsOut() {
        String email = "out@optsout.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("optsout");
        send(email);
        requests().links().confirm("optsout " + email, evidence());
        bridge.awaitDeliveries();
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
        bridge.complete("optsout");
        assertThat(bridge.zoho().statuses("optsout")).containsEntry(email, "unsub");
        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", false));
        bridge.runInFull("optsout");
        assertThat(bridge.zoho().statuses("optsout")).containsEntry(email, "unsub");
        assertThat(requests()
                        .links()
                        .byToken("optsout " + email)
                        .orElseThrow()
                        .state()
                        .word())
                .isEqualTo("withdrawn");
    }

    @Test
    @DisplayName("A suppression by hand takes a consent back and ends an open request, of its purpose alone")
    void suppressedByHand() {
        String consenting = "letter@optsout.example.com";
        String asked = "phone@optsout.example.com";
        for (String email : List.of(consenting, asked)) {
            bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        }
        bridge.complete("optsout");
        send(consenting);
        send(asked);
        requests().links().confirm("optsout " + consenting, evidence());
        bridge.awaitDeliveries();
        suppress(consenting, "renewed");
        assertThat(state("optsout " + consenting)).as("another purpose").isEqualTo("given");

        suppress(consenting, "optsout");
        suppress(asked, null);

        assertThat(state("optsout " + consenting)).isEqualTo("withdrawn");
        assertThat(state("optsout " + asked)).isEqualTo("expired");
        bridge.operations().release(new PersonOrder(consenting, null, "a mistake"));
        bridge.awaitDeliveries();
        bridge.runInFull("optsout");
        assertThat(bridge.zoho().statuses("optsout")).containsEntry(consenting, "unsub");
    }

    @Test
    @DisplayName(
            "Who unsubscribes from the list in Campaigns takes a consent back and ends an open request; who joins again later has none")
    void leaves() {
        String consenting = "left@leaves.example.com";
        String asked = "asked@leaves.example.com";
        String bounced = "bounced@leaves.example.com";
        String deleted = "deleted@leaves.example.com";
        Map<String, String> records = new HashMap<>();
        for (String email : List.of(consenting, asked, bounced, deleted)) {
            records.put(email, bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR)));
        }
        bridge.complete("leaves");
        send(consenting);
        for (String email : List.of(consenting, bounced, deleted)) {
            requests().links().confirm("leaves " + email, evidence());
        }
        bridge.awaitDeliveries();
        bridge.zoho().happens("join", "leaves", asked);
        for (String email : List.of(consenting, asked)) {
            bridge.zoho().happens("unsubscribe", "leaves", email);
        }
        bridge.zoho().happens("bounce", "leaves", bounced);
        bridge.zoho().delete("Leads", records.get(deleted));
        bridge.complete("leaves");
        bridge.complete("leaves");
        assertThat(bridge.zoho().statuses("leaves")).containsEntry(deleted, "unsub");

        assertThat(state("leaves " + consenting)).isEqualTo("withdrawn");
        assertThat(state("leaves " + asked)).isEqualTo("expired");
        assertThat(state("leaves " + bounced)).as("no refusal").isEqualTo("given");
        assertThat(state("leaves " + deleted)).as("taken off by us").isEqualTo("given");
        assertThat(saidByCampaigns(consenting, "leaves")).containsExactly(EventKind.WITHDRAWN, EventKind.SUPPRESSED);
        assertThat(saidByCampaigns(asked, "leaves")).containsExactly(EventKind.EXPIRED, EventKind.SUPPRESSED);
        assertThat(new PersonLedger(bridge.runtime().database()).of(new Person(consenting)))
                .extracting(LedgerEntry::why)
                .contains(
                        "Campaigns says that the person left the list, complained, or is in Do-Not-Mail, which takes the consent back.");
        assertThat(saidByCampaigns(bounced, "leaves")).containsExactly(EventKind.SUPPRESSED);
        assertThat(saidByCampaigns(deleted, "leaves")).isEmpty();

        bridge.zoho().happens("join", "leaves", consenting);
        aDayLater();
        bridge.zoho().forgetCalls();
        bridge.zoho().change("Leads", records.get(consenting), Map.of("Last_Name", "Changed"));
        bridge.runInFull("leaves");
        bridge.complete("leaves");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(state("leaves " + consenting)).isEqualTo("withdrawn");
        assertThat(bridge.zoho().statuses("leaves"))
                .as("there by their own doing")
                .containsEntry(consenting, "active");
    }

    @Test
    @DisplayName(
            "Who leaves the list of one view takes the consent to the purpose back, and leaves the lists of its other views")
    void leavesPart() {
        String email = "both@parted.example.com";
        bridge.zoho()
                .create(
                        "Leads",
                        Bridge.fields(
                                email,
                                Map.of(
                                        "Lead_Source", "Trade Show",
                                        "Industry", "Hospitality",
                                        "Rating", "Active",
                                        "Annual_Revenue", 6_000_000)));
        bridge.complete("parted");
        send(email);
        requests().links().confirm("parted " + email, evidence());
        bridge.complete("parted");
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("parted - Hospitality leads")).containsEntry(email, "active");
        assertThat(bridge.zoho().statuses("parted - Hot leads")).containsEntry(email, "active");

        bridge.zoho().happens("unsubscribe", "parted - Hot leads", email);
        bridge.complete("parted");
        bridge.complete("parted");

        assertThat(state("parted " + email)).isEqualTo("withdrawn");
        assertThat(bridge.zoho().statuses("parted - Hospitality leads")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName("A reply of Campaigns that a person complained of spam takes their consent back")
    void complains() {
        String email = "spam@complains.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("complains");
        send(email);
        requests().links().confirm("complains " + email, evidence());
        bridge.awaitDeliveries();
        bridge.zoho().happens("complain", "complains", email);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        bridge.complete("complains");
        bridge.awaitDeliveries();

        assertThat(state("complains " + email)).isEqualTo("withdrawn");
        assertThat(saidByCampaigns(email, "complains")).containsExactly(EventKind.WITHDRAWN);
        assertThat(saidByCampaigns(email, "")).containsExactly(EventKind.SUPPRESSED);
    }

    /** The events of a person and a purpose that are known from Campaigns. */
    private static List<EventKind> saidByCampaigns(String email, String purpose) {
        return new PersonLedger(bridge.runtime().database())
                .of(new Person(email)).stream()
                        .filter(entry -> entry.purpose().equals(purpose))
                        .filter(entry -> entry.source().equals(LedgerEvent.CAMPAIGNS))
                        .map(LedgerEntry::event)
                        .toList();
    }

    private static void suppress(String email, String purpose) {
        bridge.operations().suppress(new PersonOrder(email, purpose, "wrote us a letter"));
    }

    private static String state(String token) {
        return requests().links().byToken(token).orElseThrow().state().word();
    }

    @Test
    @DisplayName("A new wording asks again only after askAgain, and the consent to the former one no longer delivers")
    void renewed() {
        String email = "again@renewed.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("renewed");
        send(email);
        requests().links().confirm("renewed " + email, evidence());
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("renewed")).containsEntry(email, "active");
        bridge.files()
                .purpose(
                        "renewed",
                        "lawfulBasis: consent",
                        "statement: Letters and offers",
                        asking("ground: {existingCustomer: " + FAIR + "}"));
        bridge.reload();
        bridge.complete("renewed");
        assertThat(send(email)).as("asked within askAgain").isNull();
        assertThat(bridge.zoho().statuses("renewed").get(email)).isNotEqualTo("active");
    }

    @Test
    @DisplayName("Without a ground, or with one that cannot be read, nobody is asked, and the history says why")
    void groundless() {
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        bridge.complete("groundless");
        bridge.complete("blind");
        assertThat(requests().claims().claim(Instant.now(), 1000))
                .extracting(DueRequest::purpose)
                .doesNotContain("groundless", "blind");
        assertThat(bridge.operations().explain(email).outcomes())
                .extracting(ExplainView.Result::detail)
                .contains(
                        "held: the purpose names no ground on which people may be asked (confirmation.ground)",
                        "held: the ground cannot be read, since Leads has no readable field No_Such_Field");
    }

    @Test
    @DisplayName("A preview says who would be asked, and asks nobody")
    void preview() {
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        Bridge.Previewed preview = bridge.preview("previews", false);
        assertThat(preview.lines())
                .filteredOn(line -> line.reason().equals("The person is asked by mail."))
                .isNotEmpty();
        assertThat(send(email)).isNull();
        bridge.complete("previews");
        assertThat(send(email)).isNotNull();
        assertThat(preview.lines()).extracting(PreviewLine::decision).contains("request-consent");
    }

    @Test
    @DisplayName("A consent with a validity stops deliveries with the first run after its last day")
    void fades() {
        String email = "fades@fades.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("fades");
        send(email);
        requests().links().confirm("fades " + email, evidence());
        bridge.awaitDeliveries();
        bridge.complete("fades");
        assertThat(bridge.zoho().statuses("fades")).containsEntry(email, "active");
        bridge.runtime().database().change(handle -> {
            handle.execute("update consent_end set ends_on = '2026-01-01' where sync = 'fades'");
            handle.execute("update confirmation_request set valid_to = '2025-12-31' where purpose = 'fades'");
        });
        bridge.complete("fades");
        bridge.runInFull("fades");
        assertThat(bridge.zoho().statuses("fades").get(email)).isNotEqualTo("active");
    }

    /** The next run reads all members of each list again. */
    private static void aDayLater() {
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
    }

    @Test
    @DisplayName("B89: a person who confirms on the list by which Campaigns asks goes to the purpose's list")
    void byZoho() {
        bridge.zoho().publicList("Zoho Asks");
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        String other = bridge.newcomer("Leads", Map.of());
        bridge.complete("byzoho");
        assertThat(bridge.zoho().statuses("Zoho Asks"))
                .containsEntry(email, "pending")
                .doesNotContainKey(other);
        aDayLater();
        bridge.complete("byzoho");
        assertThat(bridge.zoho().statuses("byzoho")).doesNotContainKey(email);
        bridge.zoho().happens("confirm", "Zoho Asks", email);
        aDayLater();
        bridge.complete("byzoho");
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("byzoho")).containsOnlyKeys(email);
        bridge.runInFull("byzoho");
        assertThat(bridge.zoho().statuses("byzoho")).containsOnly(Map.entry(email, "active"));
    }

    @Test
    @DisplayName("A confirmation list that turned private asks nobody, and nobody on it counts as confirmed")
    void turnedPrivate() {
        bridge.zoho().publicList("Turned Requests");
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        bridge.complete("turned");
        assertThat(bridge.zoho().statuses("Turned Requests")).containsEntry(email, "pending");
        bridge.zoho().signupForm("Turned Requests", "private");
        bridge.zoho().happens("confirm", "Turned Requests", email);
        String late = bridge.newcomer("Leads", AT_THE_FAIR);
        aDayLater();
        bridge.complete("turned");
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("turned")).isEmpty();
        assertThat(bridge.zoho().statuses("Turned Requests")).doesNotContainKey(late);
        bridge.zoho().deleteList("Turned Requests");
        bridge.complete("turned");
        assertThat(bridge.zoho().statuses("turned")).isEmpty();
    }

    @Test
    @DisplayName("A person who confirms while their page is decided is not lost: the record is read again")
    void overtaken() {
        String email = "race@overtaken.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("overtaken");
        send(email);
        requests().links().confirm("overtaken " + email, evidence());
        // As a page leaves it that was decided before, and stored after the click.
        bridge.runtime().database().change(handle -> {
            handle.execute(
                    "update source_record set decision = 'request-consent' where sync = 'overtaken' and record_id = ?",
                    id);
            handle.execute("delete from delivery where record_id = ?", id);
            PagesOvertaken.note(handle, "overtaken", id, Instant.now().minusSeconds(60));
        });
        bridge.complete("overtaken");
        bridge.awaitDeliveries();
        assertThat(bridge.zoho().statuses("overtaken")).containsEntry(email, "active");
    }

    @Test
    @DisplayName(
            "A person who confirmed stays on the list when their record leaves the selection and unmatched is ignored")
    void stays() {
        String email = "stays@stays.example.com";
        String id = bridge.zoho()
                .create("Leads", Bridge.fields(email, Map.of("Lead_Source", "Trade Show", "City", "Here")));
        bridge.complete("stays");
        send(email);
        requests().links().confirm("stays " + email, evidence());
        bridge.awaitDeliveries();
        bridge.zoho().change("Leads", id, Map.of("City", "There"));
        bridge.complete("stays");
        bridge.complete("stays");
        assertThat(bridge.zoho().statuses("stays")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("Another record of a person who confirmed is a reason to be on the list too, though it did not change")
    void twice() {
        String email = "twice@twice.example.com";
        String contact = bridge.zoho().create("Contacts", Bridge.fields(email, AT_THE_FAIR));
        bridge.zoho().create("Leads", Bridge.fields(email, AT_THE_FAIR));
        bridge.complete("twice-contacts");
        bridge.complete("twice");
        assertThat(requests().claims().claim(Instant.now(), 1000))
                .filteredOn(due -> due.address().equals(email))
                .singleElement()
                .satisfies(due -> {
                    requests().mails().keepMail(due.id(), "twice", "m" + due.id(), "hash");
                    requests().links().confirm("twice", evidence());
                });
        bridge.awaitDeliveries();
        bridge.complete("twice");
        bridge.complete("twice-contacts");
        bridge.zoho().delete("Contacts", contact);
        bridge.complete("twice-contacts");
        assertThat(bridge.zoho().statuses("twice")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("The proof of a confirmation waits for the CRM, once")
    void proves() {
        String email = bridge.newcomer("Leads", AT_THE_FAIR);
        bridge.complete("proves");
        send(email);
        assertThat(requests().links().confirm("proves " + email, evidence())).isInstanceOf(Answered.Done.class);
        requests().links().confirm("proves " + email, evidence());
        List<String> fields = bridge.runtime()
                .database()
                .query(handle -> handle.createQuery(
                                "select fields from record_update where because = 'the person consented to proves'")
                        .mapTo(String.class)
                        .list());
        assertThat(fields).singleElement().asString().contains("Description");
    }
}
