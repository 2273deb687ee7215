package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.StatusView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.JdbcTokenStore;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.CredentialHash;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** One look at an installation in which a person has something to do. */
@EveryEngine
class StatusIT extends EveryEngineFixture {

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(
                10,
                files -> files.on(engine)
                        .letters("wave", "Memberships")
                        .letters("opened", "Leads")
                        .set("BRAKE_PEOPLE", "3"));
    }

    @Test
    @DisplayName("status and quota show a lock of any method that is called, also of one without a quota")
    void lockedMethods() {
        Instant until = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        List<String> methods = List.of("topics", "contact/allfields", "addlistandcontacts", "custom/add");
        methods.forEach(method ->
                bridge.runtime().components().access().quota().lock("main", method, until, "locked by a test"));

        assertThat(bridge.operations().status().connections().get(0).locked())
                .extracting(StatusView.Locked::method)
                .containsAll(methods);
        assertThat(bridge.operations().quota().connections().get(0).methods())
                .filteredOn(method -> methods.contains(method.method()))
                .allSatisfy(method -> assertThat(method.lockedBecause()).isEqualTo("locked by a test"))
                .hasSize(4);
        bridge.runtime().database().change(handle -> handle.execute("delete from quota_lock"));
    }

    @Test
    @DisplayName(
            "status shows the people that the brake holds, the held lists with reasons, and each list's members of ours, other members and leavers; it changes nothing and makes no call")
    void oneLook() {
        assertThat(list("wave", bridge.operations().status())).isEmpty();
        List<String> ids = bridge.zoho()
                .createAll(
                        "Memberships",
                        IntStream.range(0, 20)
                                .mapToObj(i -> Map.<String, Object>of("Name", "M" + i, "Email", email("wave" + i)))
                                .toList());
        long ours = bridge.complete("wave").added();
        bridge.zoho().happens("import", "wave", email("stranger"));
        bridge.zoho().happens("unsubscribe", "wave", email("wave19"));
        everybodyIsReadAgain();
        bridge.complete("wave");
        ids.subList(0, 5).forEach(id -> bridge.zoho().delete("Memberships", id));
        String braked = bridge.run("wave").run();
        long opened = bridge.complete("opened").added();
        bridge.zoho().signupForm("opened", "public");
        String failed = bridge.run("opened").run();
        Map<String, List<String>> before = tables();
        bridge.zoho().forgetCalls();

        StatusView status = bridge.operations().status();

        assertThat(status.runtime())
                .as("this process only does what it is asked")
                .isFalse();
        assertThat(list("wave", status)).singleElement().satisfies(list -> {
            assertThat(list.heldBecause()).isNull();
            assertThat(list.ours()).isEqualTo(ours - 1);
            assertThat(list.notOurs()).isEqualTo(1);
            assertThat(list.missing()).isZero();
            assertThat(list.left()).isEqualTo(1);
            assertThat(list.readAt()).isNotNull();
        });
        assertThat(list("opened", status)).singleElement().satisfies(list -> {
            assertThat(list.heldBecause()).contains("has a sign-up form in Campaigns");
            assertThat(list.triedAt()).as("only a run or a person ends it").isNull();
            assertThat(list.ours()).isEqualTo(opened);
        });
        assertThat(sync("wave", status)).satisfies(sync -> {
            assertThat(sync.lastRun().run()).isEqualTo(braked);
            assertThat(sync.lastRun().state()).isEqualTo("braked");
            assertThat(sync.braked()).containsExactly(new StatusView.Braked("wave", 5));
        });
        assertThat(sync("opened", status)).satisfies(sync -> {
            assertThat(sync.lastRun().run()).isEqualTo(failed);
            assertThat(sync.message()).contains("has a sign-up form in Campaigns");
            assertThat(sync.braked()).isEmpty();
        });
        assertThat(status.database()).isEqualTo(bridge.runtime().database().where());
        assertThat(status.connections()).singleElement().satisfies(main -> {
            assertThat(main.zone()).isEqualTo("UTC");
            assertThat(main.credential()).isTrue();
            assertThat(main.locked()).isEmpty();
            assertThat(main.heldUntil()).isNull();
            assertThat(main.deadLetters()).isZero();
            assertThat(main.waiting())
                    .filteredOn(waiting -> waiting.held() == 5)
                    .singleElement()
                    .satisfies(waiting -> assertThat(waiting.action()).isEqualTo("unsubscribe"));
        });
        assertThat(bridge.operations().status()).isEqualTo(status);
        assertThat(bridge.zoho().calls()).as("calls to Zoho").isZero();
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "status shows the scopes that are missing by Zoho's last answer, and the method that is not called; it makes no call")
    void scopes() {
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Connection main =
                bridge.runtime().configuration().settings().connections().get("main");
        bridge.zoho().forgetCalls();
        try {
            new JdbcTokenStore(bridge.runtime().database())
                    .keepScope(
                            "main",
                            CredentialHash.of(main),
                            "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCampaigns.contact.READ");
            bridge.runtime().components().access().quota().lock("main", "json/listunsubscribe", until, "no scope");

            assertThat(bridge.operations().status().connections())
                    .singleElement()
                    .satisfies(known -> {
                        assertThat(known.missingScopes())
                                .contains("main: the credential lacks the scope ZohoCampaigns.contact.UPDATE, which is"
                                        + " needed for subscribing and unsubscribing");
                        assertThat(known.locked())
                                .containsExactly(new StatusView.Locked("json/listunsubscribe", until, "no scope"));
                    });
            assertThat(bridge.zoho().calls()).isZero();
        } finally {
            bridge.runtime().database().change(handle -> handle.execute("delete from granted_scope"));
            bridge.runtime().database().change(handle -> handle.execute("delete from quota_lock"));
        }
    }

    @Test
    @DisplayName("status shows until when a list waits because a call that prepares it is locked")
    void waitingList() {
        bridge.letters("prepared", "Leads");
        bridge.complete("prepared");
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        for (Instant each : List.of(until, Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS))) {
            bridge.runtime()
                    .database()
                    .change(handle -> handle.createUpdate(
                                    "update mailing_list set waits_until = :until where name = 'prepared'")
                            .bind("until", each)
                            .execute());
            assertThat(list("prepared", bridge.operations().status()))
                    .singleElement()
                    .satisfies(list -> assertThat(list.waitsUntil()).isEqualTo(each == until ? until : null));
        }
    }

    @Test
    @DisplayName("status shows until when a connection backs off, and why")
    void heldConnection() {
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        bridge.runtime().components().outbox().backoff().beginUntil("main", until, "Zoho Campaigns does not answer");

        assertThat(bridge.operations().status().connections()).singleElement().satisfies(main -> {
            assertThat(main.heldUntil()).isEqualTo(until);
            assertThat(main.heldBecause()).isEqualTo("Zoho Campaigns does not answer");
        });
    }

    private static String email(String name) {
        return name + "@c2.example.com";
    }

    private static List<StatusView.OfList> list(String name, StatusView status) {
        return status.lists().stream().filter(list -> list.list().equals(name)).toList();
    }

    private static StatusView.OfSync sync(String name, StatusView status) {
        return status.syncs().stream()
                .filter(sync -> sync.sync().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void everybodyIsReadAgain() {
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
    }
}
