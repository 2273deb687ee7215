package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PersonErasure;
import io.consentbridge.api.PersonExported;
import io.consentbridge.api.PersonFolder;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PersonSuppressed;
import io.consentbridge.api.RunView;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Draft;
import io.consentbridge.person.Leaving;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A person is erased: what is stored, what Campaigns hears, and what happens when the CRM brings them again. */
@EveryEngine
class ErasureIT extends EveryEngineFixture {

    private static int names;

    private String list;
    private String email;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine));
    }

    @BeforeEach
    void list() {
        list = "erase" + names++;
        email = "zerelda@" + list + ".example.com";
        bridge.letters(list, "Leads");
    }

    private static PersonOrder order(String person) {
        return new PersonOrder(person, null, null);
    }

    /** Erases a person to the end. */
    private static PersonErasure erase(String person) {
        PersonErasure begun = bridge.operations().erase(order(person));
        return begun.then(end(begun.erasure()));
    }

    private static PersonErasure end(long erasure) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(bridge.operations().erasure(erasure).waitsFor())
                                .isEmpty());
        return bridge.operations().erasure(erasure);
    }

    private static boolean stored(String text) {
        return !rowsWith(text).isEmpty();
    }

    private static List<String> rowsWith(String text) {
        return tables().entrySet().stream()
                .flatMap(table -> table.getValue().stream().map(row -> table.getKey() + " " + row))
                .filter(row -> row.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private String status(String address) {
        return bridge.zoho().statuses(list).get(address);
    }

    private String create(String address) {
        return bridge.zoho()
                .create("Leads", Bridge.fields(address, Map.of("First_Name", "Zerelda", "Last_Name", "Quux-" + list)));
    }

    @Test
    @DisplayName(
            "an erased person leaves every list, and no table holds their address, their name or the ids of their records")
    void removed() {
        String other = list + "x";
        bridge.letters(other, "Leads");
        String id = create("Zerelda@" + list + ".example.com");
        bridge.complete(list);
        bridge.complete(other);
        assertThat(stored(email)).isTrue();
        assertThat(stored("Quux-" + list)).isTrue();

        PersonErasure done = erase(email);

        assertThat(done.leaving())
                .contains(new Leaving("main", list, "unsubscribe"), new Leaving("main", other, "unsubscribe"));
        assertThat(done.records()).containsExactly("main " + id);
        assertThat(done.byHand()).isNotEmpty();
        assertThat(done.removed()).containsKeys("source_record", "list_member", "outcome", "person");
        assertThat(bridge.zoho().statuses(list)).containsEntry(email, "unsub");
        assertThat(bridge.zoho().statuses(other)).containsEntry(email, "unsub");
        assertThat(rowsWith(email)).isEmpty();
        assertThat(rowsWith("Quux-" + list)).isEmpty();
        assertThat(rowsWith(id)).isEmpty();
        assertThat(bridge.operations().explain(email).unknown()).isTrue();
        assertThat(bridge.operations().erase(order(email)).again()).isTrue();
    }

    @Test
    @DisplayName(
            "an export holds everything that the tables hold, a consent record and proofs, for its owner's eyes only")
    void exported() throws IOException {
        String id = create(email);
        bridge.complete(list);
        Path folder = bridge.files().folder().resolve("export-" + list);

        PersonExported done = bridge.operations().exportPerson(new PersonFolder(id, folder.toString()));

        assertThat(done.entries()).isGreaterThan(1);
        String held = Files.readString(folder.resolve("held.json"));
        assertThat(held)
                .contains(email, id, "Zerelda", "\"list\" : \"" + list + "\"")
                .contains("\"modified_at\" : \"20");
        assertThat(Files.readString(folder.resolve("consent-records.jsonld")))
                .contains("dpv:ConsentRecord", "\"dpv:Contract\"", email, "cb:missing", "controller");
        assertThat(folder.resolve("ledger/keys.txt")).exists();
        try (Stream<Path> files = Files.list(folder.resolve("ledger"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tlog-proof")))
                    .hasSize(done.entries());
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
            assertThat(Files.getPosixFilePermissions(folder.resolve("held.json")))
                    .hasSize(2);
        }
        assertThat(bridge.operations().explain(email).ledger())
                .extracting(io.consentbridge.api.ExplainView.Decided::decision)
                .contains("exported");
        assertThatThrownBy(() -> bridge.operations().exportPerson(new PersonFolder(email, folder.toString())))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(
                        () -> bridge.operations().exportPerson(new PersonFolder("nobody@x.example.com", folder + "-2")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("nothing is held");
    }

    @Test
    @DisplayName("the files of the embedded database do not hold an erased person any more")
    void filesAreClean() throws IOException {
        String id = create(email);
        bridge.complete(list);
        bridge.zoho().change("Leads", id, Map.of("First_Name", "Zerelda Maria"));
        bridge.complete(list);
        List<Path> files = databaseFiles();
        if (files.isEmpty()) {
            return;
        }
        assertThat(inFiles(files, email)).isTrue();

        erase(email);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            bridge.runtime().database().emptyLog();
            return !inFiles(files, email);
        });

        assertThat(inFiles(files, "Zerelda Maria")).isFalse();
        assertThat(inFiles(files, "Quux-" + list)).isFalse();
        assertThat(inFiles(files, id)).isFalse();
    }

    private static List<Path> databaseFiles() throws IOException {
        try (Stream<Path> files = Files.walk(bridge.files().folder())) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.db(-wal|-shm)?"))
                    .toList();
        }
    }

    private static boolean inFiles(List<Path> files, String text) throws IOException {
        for (Path file : files) {
            if (Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .toLowerCase(Locale.ROOT)
                            .contains(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    @Test
    @DisplayName(
            "an erased person is refused and not stored again: by the same record, in another spelling, after a re-creation and under another address")
    void recognised() {
        String id = create(email);
        bridge.complete(list);
        erase(email);
        bridge.zoho().forgetCalls();

        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Quuux"));
        RunView same = bridge.complete(list);
        assertThat(same.ignored().get("opted-out")).isPositive();
        create(email.toUpperCase(Locale.ROOT));
        bridge.complete(list);
        bridge.zoho().delete("Leads", id);
        bridge.complete(list);
        create("\u200B" + email);
        bridge.complete(list);
        String refusing = create(email);
        bridge.zoho().change("Leads", refusing, Map.of("Email_Opt_Out", true));
        bridge.runInFull(list);

        assertThat(bridge.zoho().callsOf(SUBSCRIBE)).isEmpty();
        assertThat(stored(email)).isFalse();
        assertThat(bridge.operations().explain(email).unknown()).isTrue();
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("a record whose person was erased is refused under another address too")
    void otherAddressOfTheRecord() {
        String id = create(email);
        bridge.complete(list);
        erase(email);
        bridge.zoho().forgetCalls();

        bridge.zoho().change("Leads", id, Map.of("Email", "later@" + list + ".example.com"));
        bridge.complete(list);

        assertThat(bridge.zoho().callsOf(SUBSCRIBE)).isEmpty();
        assertThat(stored("later@" + list)).isFalse();
    }

    @Test
    @DisplayName("a reading of the list, which still has the unsubscribed person, does not store them again")
    void notByCampaigns() {
        create(email);
        String stays = "stays@" + list + ".example.com";
        create(stays);
        bridge.complete(list);
        erase(email);

        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at", "refusals_read_at");
        bridge.runInFull(list);

        assertThat(status(email)).isEqualTo("unsub");
        assertThat(status(stays)).isEqualTo("active");
        assertThat(stored(email)).isFalse();
    }

    @Test
    @DisplayName("while Campaigns does not answer the erasure is pending and says why; another process finishes it")
    void goesOn() {
        create(email);
        bridge.complete(list);
        bridge.zoho().fault(Map.of("method", "json/listunsubscribe", "kind", "status", "status", 503, "times", 0));

        PersonErasure begun = bridge.operations().erase(order(email));

        assertThat(begun.state()).isEqualTo("pending");
        assertThat(begun.waitsFor()).anySatisfy(reason -> assertThat(reason).contains("unsubscribe", list));
        assertThat(begun.waitsFor()).allSatisfy(reason -> assertThat(reason).doesNotContain(email));
        assertThat(stored(email)).as("the outbox needs it").isTrue();
        create(email.toUpperCase(Locale.ROOT));
        bridge.reopen();
        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");
        bridge.complete(list);
        bridge.runtime().components().outbox().backoff().succeeded("main");
        longerAgo(Duration.ofHours(1), "delivery", "due_at");

        PersonErasure end = end(begun.erasure());

        assertThat(end.removed()).containsKey("person");
        assertThat(status(email)).isEqualTo("unsub");
        assertThat(stored(email)).isFalse();
    }

    @Test
    @DisplayName("an erasure moves the person to Do-Not-Mail where the purpose says so")
    void doNotMail() {
        bridge.files().purpose(list, "onErasure: do-not-mail");
        bridge.reload();
        create(email);
        bridge.complete(list);
        bridge.zoho().forgetCalls();

        PersonErasure done = erase(email);

        assertThat(done.leaving()).containsExactly(new Leaving("main", list, "do-not-mail"));
        assertThat(bridge.zoho().callsOf("json/contactdonotmail")).hasSize(1);
        assertThat(stored(email)).isFalse();
    }

    @Test
    @DisplayName(
            "a person of whom nothing is stored can be erased, and is refused when they come; nothing is stored then either")
    void stranger() {
        PersonErasure done = erase(email);
        assertThat(done.leaving()).isEmpty();
        create(email);

        RunView run = bridge.complete(list);

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(stored(email)).isFalse();
        assertThatThrownBy(() -> bridge.operations().suppress(new PersonOrder(email, null, "again")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("was erased");
    }

    @Test
    @DisplayName("a preview foresees that an erased person is refused")
    void previewed() {
        String id = create(email);
        bridge.complete(list);
        erase(email);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Quuux"));

        assertThat(bridge.preview(list, true).lines())
                .noneSatisfy(line -> assertThat(line.toString()).contains(email));
        assertThat(stored(email)).isFalse();
    }

    @Test
    @DisplayName("a refusal of another person by a record of the erased one stays")
    void othersStayRefused() {
        String other = "other@" + list + ".example.com";
        create(other);
        String id = create(email);
        bridge.complete(list);
        bridge.zoho().change("Leads", id, Map.of("Email", other, "Email_Opt_Out", true));
        bridge.complete(list);
        assertThat(status(other)).isEqualTo("unsub");
        erase(email);

        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Changed"));
        bridge.runInFull(list);

        assertThat(bridge.operations().explain(other).suppressions()).isNotEmpty();
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("an update of a record of another person or connection stays, though its record has the same id")
    void sameRecordId() {
        String id = create(email);
        bridge.complete(list);
        Person other = new Person("other@" + list + ".example.com");
        database()
                .change(handle -> RecordUpdates.enqueue(
                        handle,
                        List.of(
                                update("main", "Leads", id, Optional.empty()),
                                update("main", "Contacts", id, Optional.of(other)),
                                update("second", "Leads", id, Optional.empty()))));

        erase(email);

        assertThat(texts("select connection || ' ' || module from record_update where record_id = '" + id + "'"))
                .containsExactlyInAnyOrder("main Contacts", "second Leads");
    }

    private static RecordUpdate update(String connection, String module, String id, Optional<Person> person) {
        return new RecordUpdate(connection, module, id, person, Map.of("Company", "Example"), "confirmed");
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    private static List<String> texts(String query) {
        return database()
                .query(handle -> handle.select(query).mapTo(String.class).list());
    }

    @Test
    @DisplayName(
            "an erasure does not wait for deliveries of a connection that is gone from the files; it names the lists to be seen to by hand")
    void connectionGone() {
        create(email);
        bridge.complete(list);
        Person person = new Person(email);
        long old = new MailingLists(database())
                .remember("gone", "Old letters", Optional.empty())
                .id();
        database()
                .change(handle -> bridge.runtime()
                        .components()
                        .outbox()
                        .outbox()
                        .enqueue(
                                handle,
                                List.of(Draft.leaving(
                                        old,
                                        person,
                                        Draft.NO_RECORD,
                                        Draft.NO_RECORD,
                                        new Outcome.Ignored(IgnoreReason.OPTED_OUT)))));

        PersonErasure begun = bridge.operations().erase(order(email));

        assertThat(begun.unreachable()).containsExactly(new PersonSuppressed.Where("gone", "Old letters"));
        assertThat(end(begun.erasure()).state()).isEqualTo("erased");
        assertThat(stored(email)).isFalse();
    }

    @Test
    @DisplayName("an erasure that there is not is not told to be done")
    void unknownErasure() {
        assertThatThrownBy(() -> bridge.operations().erasure(987654321))
                .isInstanceOf(OperationFailure.UnknownName.class)
                .hasMessageContaining("there is no erasure 987654321");
    }

    @Test
    @DisplayName("an export into a folder that is a file, or beneath one, is refused in words")
    void intoAFile() throws IOException {
        create(email);
        bridge.complete(list);
        Path file = Files.writeString(bridge.files().folder().resolve("file-" + list), "mine");

        for (Path folder : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> bridge.operations().exportPerson(new PersonFolder(email, folder.toString())))
                    .isInstanceOf(OperationFailure.Refused.class)
                    .hasMessageContaining(folder + " cannot be written, or is not empty");
        }
        assertThat(file).hasContent("mine");
    }
}
