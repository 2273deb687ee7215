package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.Problem;
import io.consentbridge.api.RunView;
import io.consentbridge.audience.HeldLists;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A list is what Campaigns says it is, not what the purpose says. */
class ListIdentityIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    @Test
    @DisplayName("a quiet run looks up its list once, together with its confirmation list")
    void oneCall() {
        bridge.letters("quiet", "Leads");
        bridge.complete("quiet");
        bridge.zoho().forgetCalls();

        bridge.complete("quiet");

        assertThat(bridge.zoho().calls("getmailinglists")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "check and the run report that a list was renamed and another got its name; nobody is sent to either, and the purpose may follow the renamed one with its records")
    void renamedAndFollowed() {
        bridge.letters("Newsletter", "Leads");
        String leaver = "opts-out@c1.example.com";
        String record = bridge.zoho().create("Leads", Bridge.fields(leaver, Map.of()));
        RunView first = bridge.complete("Newsletter");
        bridge.zoho().renameList("Newsletter", "Archive");
        bridge.zoho().list("Newsletter");
        String late = bridge.newcomer("Leads", Map.of());
        bridge.zoho().change("Leads", record, Map.of("Email_Opt_Out", true));

        RunView stopped = bridge.run("Newsletter");

        assertThat(stopped.state()).isEqualTo("failed");
        assertThat(stopped.message())
                .contains(
                        "Campaigns now calls the list \"Newsletter\" \"Archive\"",
                        "another list is called \"Newsletter\"")
                .contains("Write list: Archive", "listKey: " + bridge.zoho().listKey("Newsletter"));
        assertThat(said("Newsletter.yaml")).contains("Campaigns now calls the list \"Newsletter\" \"Archive\"");
        assertThat(bridge.zoho().statuses("Newsletter")).isEmpty();
        assertThat(bridge.zoho().statuses("Archive"))
                .hasSize((int) first.added())
                .as("people who opt out leave the list all the same")
                .containsEntry(leaver, "unsub");

        bridge.files().purpose("Newsletter", "list: Archive");
        bridge.reload();
        bridge.zoho().forgetCalls();
        RunView followed = bridge.complete("Newsletter");

        assertThat(followed.added()).isEqualTo(1);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("the books go along").isEqualTo(1);
        assertThat(bridge.zoho().statuses("Newsletter")).isEmpty();
        assertThat(bridge.zoho().statuses("Archive")).containsEntry(late, "active");
    }

    @Test
    @DisplayName(
            "a purpose that names the key moves to the list with the name; people who left the former list stay off")
    void renamedAndGoneOver() {
        bridge.letters("Letters", "Leads");
        RunView first = bridge.complete("Letters");
        String left = bridge.zoho().statuses("Letters").keySet().iterator().next();
        bridge.zoho().happens("unsubscribe", "Letters", left);
        bridge.complete("Letters");
        bridge.zoho().renameList("Letters", "Old letters");
        bridge.zoho().list("Letters");
        assertThat(bridge.run("Letters").state()).isEqualTo("failed");

        bridge.files().purpose("Letters", "listKey: " + bridge.zoho().listKey("Letters"));
        bridge.reload();
        RunView over = bridge.runInFull("Letters");

        assertThat(over.state()).as(over.message()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses("Letters"))
                .hasSize((int) first.added() - 1)
                .doesNotContainKey(left);
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("a list with a sign-up form stops the run of a purpose that says private; the purpose may say public")
    void turnedPublic() {
        bridge.letters("opened", "Leads");
        bridge.complete("opened");
        bridge.zoho().signupForm("opened", "public");
        String late = bridge.newcomer("Leads", Map.of());
        bridge.zoho().forgetCalls();

        RunView stopped = bridge.run("opened");

        assertThat(stopped.state()).isEqualTo("failed");
        assertThat(stopped.message())
                .contains("has a sign-up form in Campaigns", "signupForm: private", "Switch the form off");
        assertThat(said("opened.yaml")).contains("has a sign-up form in Campaigns");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(bridge.operations().quota().connections().get(0).heldLists())
                .anySatisfy(held -> assertThat(held.list()).isEqualTo("opened"));

        bridge.zoho().signupForm("opened", "private");
        bridge.complete("opened");
        assertThat(bridge.zoho().statuses("opened")).containsEntry(late, "active");
        assertThat(bridge.operations().quota().connections().get(0).heldLists())
                .noneSatisfy(held -> assertThat(held.list()).isEqualTo("opened"));
    }

    @Test
    @DisplayName("check finds a misspelt listKey with its line, in the words of the run")
    void misspeltKey() {
        bridge.zoho().list("keyed");
        bridge.files().purpose("keyed", "listKey: 3z9typo").sync("keyed", "Leads");
        bridge.reload();

        Problem found = bridge.operations().check().problems().stream()
                .filter(problem -> problem.file().endsWith("purposes/keyed.yaml"))
                .findFirst()
                .orElseThrow();

        assertThat(found.message()).contains("Campaigns has no list with the key 3z9typo");
        assertThat(bridge.files()
                        .read("config/purposes/keyed.yaml")
                        .lines()
                        .toList()
                        .get(found.line() - 1))
                .startsWith("listKey:");
        assertThat(bridge.run("keyed").message()).contains("Campaigns has no list with the key 3z9typo");
    }

    @Test
    @DisplayName(
            "a list without a sign-up form stops the run of a purpose that says public, since people are not asked")
    void turnedPrivate() {
        bridge.zoho().list("unasked");
        bridge.files().purpose("unasked", "signupForm: public").sync("unasked", "Leads");
        bridge.reload();

        assertThat(bridge.run("unasked").message()).contains("added without being asked");
        assertThat(bridge.zoho().statuses("unasked")).isEmpty();
    }

    @Test
    @DisplayName(
            "a list that is deleted while people wait and created again with a sign-up form gets nobody: its form is read before the first delivery")
    void exchangedForAnAskingOne() {
        bridge.letters("exchanged", "Leads");
        bridge.complete("exchanged");
        bridge.newcomer("Leads", Map.of());
        String run = waiting("exchanged");
        bridge.zoho().deleteList("exchanged");
        bridge.zoho().list("exchanged");
        bridge.zoho().signupForm("exchanged", "public");
        bridge.zoho().forgetCalls();
        bridge.runtime().components().outbox().backoff().succeeded("main");

        assertThat(awaitHold("exchanged").kind()).isEqualTo(HeldLists.Kind.IDENTITY);
        assertThat(bridge.zoho().calls(SUBSCRIBE))
                .as("the one by which it was learnt that the list is gone")
                .isEqualTo(1);
        assertThat(bridge.operations().run(run).ignored()).containsEntry("consent-requested", 0L);

        bridge.zoho().signupForm("exchanged", "private");
        bridge.complete("exchanged");
        assertThat(bridge.end(run).deadLettered()).isZero();
    }

    @Test
    @DisplayName("a deleted list with waiting people sends nobody to another of our lists that gets its name")
    void exchangedForAnotherOfOurs() {
        bridge.letters("alpha", "Leads");
        bridge.letters("beta", "Leads");
        bridge.complete("alpha");
        bridge.complete("beta");
        String late = bridge.newcomer("Leads", Map.of());
        String run = waiting("beta");
        bridge.zoho().deleteList("beta");
        bridge.zoho().renameList("alpha", "beta");
        bridge.runtime().components().outbox().backoff().succeeded("main");

        assertThat(awaitHold("beta").because()).contains("is known to ConsentBridge as \"alpha\"");
        assertThat(bridge.zoho().statuses("beta")).doesNotContainKey(late);

        bridge.zoho().renameList("beta", "alpha");
        bridge.complete("beta");
        assertThat(bridge.end(run).deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("beta")).containsEntry(late, "active");
        assertThat(bridge.zoho().statuses("alpha")).doesNotContainKey(late);
    }

    private static void forgetTopics() {
        bridge.runtime()
                .components()
                .campaigns()
                .topics()
                .forget(bridge.runtime()
                        .configuration()
                        .settings()
                        .connections()
                        .get("main"));
    }

    /** A run whose deliveries wait. */
    private static String waiting(String sync) {
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin(sync);
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        return run;
    }

    private static HeldLists.HeldList awaitHold(String list) {
        return await().until(
                        () -> bridge.runtime().components().audience().heldLists().of("main").stream()
                                .filter(held -> held.list().equals(list))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    @DisplayName("a missing topic stops the next run before any delivery, even if topics were read within the hour")
    void topicGone() {
        bridge.zoho().topic("Fairs");
        forgetTopics();
        bridge.files().purpose("topical", "topics: [Fairs]").sync("topical", "Leads");
        bridge.reload();
        bridge.complete("topical");
        bridge.zoho().deleteTopic("Fairs");
        forgetTopics();
        bridge.newcomer("Leads", Map.of());
        bridge.zoho().forgetCalls();

        RunView stopped = bridge.run("topical");

        assertThat(stopped.state()).isEqualTo("failed");
        assertThat(stopped.message()).contains("Campaigns has no topic Fairs");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("a wrong reply that an existing list is gone fails the run, and nobody counts as lost")
    void saidToBeGone() {
        bridge.letters("said", "Leads");
        bridge.complete("said");
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", "getlistsubscribers", "kind", "code", "code", "2501", "times", 1));

        RunView failed = bridge.run("said");

        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.message()).contains("2501");
        bridge.zoho().noFaults();
        assertThat(bridge.complete("said").readded()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("a missing topic also stops the run where its list is bound again because it was gone")
    void topicGoneWithTheList() {
        bridge.zoho().topic("Shows");
        forgetTopics();
        bridge.files().purpose("rebound", "topics: [Shows]").sync("rebound", "Leads");
        bridge.reload();
        bridge.complete("rebound");
        bridge.zoho().deleteTopic("Shows");
        forgetTopics();
        bridge.newcomer("Leads", Map.of());
        bridge.zoho().forgetCalls();
        for (String method : List.of("getlistsubscribers", "listsubscriberscount")) {
            bridge.zoho().fault(Map.of("method", method, "kind", "code", "code", "2501", "times", 1));
        }

        RunView stopped = bridge.run("rebound");

        bridge.zoho().noFaults();
        forgetTopics();
        assertThat(stopped.state()).isEqualTo("failed");
        assertThat(stopped.message()).contains("Campaigns has no topic Shows");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("check refuses the name of a new list with characters that Campaigns does not accept")
    void refusedName() {
        bridge.files().purpose("friends", "list: Kunden & Freunde").sync("friends", "Leads");
        bridge.reload();

        assertThat(said("friends.yaml")).contains("does not create a list named \"Kunden & Freunde\", because of &");
        assertThat(bridge.run("friends").message()).contains("because of &");
        assertThat(bridge.deadLetters("friends")).isEmpty();
    }

    @Test
    @DisplayName("a name that differs only in case is the same list")
    void sameName() {
        bridge.zoho().list("Club News");
        bridge.files().purpose("club", "list: club news").sync("club", "Leads");
        bridge.reload();
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("club");

        assertThat(bridge.zoho().calls("addlistandcontacts")).isZero();
        assertThat(bridge.zoho().statuses("Club News")).hasSize((int) run.added());
    }

    private static String said(String file) {
        List<String> problems = bridge.operations().check().problems().stream()
                .filter(problem -> problem.file().endsWith(file))
                .map(Problem::message)
                .toList();
        return String.join("\n", problems);
    }

    @Test
    @DisplayName("B114: the next run and check find a missing topic as soon as it has been created")
    void topicMade() {
        bridge.files().purpose("made-later", "topics: [Late]").sync("made-later", "Leads");
        bridge.reload();
        assertThat(bridge.run("made-later").message()).contains("Campaigns has no topic Late");

        bridge.zoho().topic("Late");
        bridge.zoho().forgetCalls();
        bridge.complete("made-later");
        assertThat(bridge.zoho().calls("topics")).isLessThanOrEqualTo(2);

        bridge.zoho().deleteTopic("Late");
        forgetTopics();
        assertThat(bridge.run("made-later").message()).contains("Campaigns has no topic Late");
        bridge.zoho().topic("Late");
        assertThat(bridge.operations().check().problems())
                .noneMatch(problem -> problem.message().contains("Late"));
    }
}
