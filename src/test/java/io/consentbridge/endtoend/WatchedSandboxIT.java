package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.CampaignWrites;
import io.consentbridge.campaigns.CampaignWritten;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.reaction.Figure;
import io.consentbridge.results.ActivityPage;
import io.consentbridge.results.CampaignResults;
import io.consentbridge.results.Look;
import io.consentbridge.results.WatchedCampaigns;
import io.consentbridge.runtime.Components;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Campaigns of the sandbox, looked at through the routes. */
class WatchedSandboxIT extends BridgeFixture {

    private static final Set<RecipientAction> ALL = EnumSet.allOf(RecipientAction.class);
    private static final List<String> FANS =
            IntStream.range(0, 23).mapToObj(i -> "fan" + i + "@c3.example.com").toList();

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
        bridge.zoho().list("Fans");
        FANS.forEach(fan -> bridge.zoho().happens("join", "Fans", fan));
    }

    private static Components components() {
        return bridge.runtime().components();
    }

    private static Connection connection() {
        return bridge.runtime().configuration().settings().connections().get("main");
    }

    private static Set<String> people(String key, Figure figure) {
        CampaignResults results = components().results().answers();
        Set<String> people = new TreeSet<>();
        Optional<ActivityPage.Mark> mark = Optional.of(ActivityPage.BEGINNING);
        while (mark.isPresent()) {
            ActivityPage page = results.activity("main", key, figure, mark.get(), 10);
            page.people().forEach(one -> people.add(one.person().address()));
            mark = page.next();
        }
        return people;
    }

    @Test
    @DisplayName(
            "Fifty campaigns of the sandbox are read, with short and repeated pages, and then cost one call each and one to list them")
    void fifty() {
        Instant sent = Instant.now().minus(Duration.ofMinutes(90));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            keys.add(bridge.zoho().sentMailing("Mail " + i, "Fans", sent));
        }
        String first = keys.get(0);
        bridge.zoho().react(first, "click", FANS.subList(0, 9));
        bridge.zoho().react(first, "hard-bounce", FANS.subList(9, 11));
        bridge.zoho().react(first, "complain", FANS.subList(11, 12));
        bridge.zoho().react(first, "unsubscribe", FANS.subList(12, 14));
        bridge.zoho().mailings(Map.of("recipientsMost", 7, "recipientsRepeat", 2, "campaignsMost", 20));
        WatchedCampaigns watched = components().results().watched();

        Look look = watched.look(connection(), null, ALL);

        assertThat(look.finished()).isTrue();
        assertThat(look.problems()).isEmpty();
        assertThat(look.differences()).isEmpty();
        assertThat(people(first, Figure.SENT)).containsExactlyInAnyOrderElementsOf(FANS);
        assertThat(people(first, Figure.CLICKED)).containsExactlyInAnyOrderElementsOf(FANS.subList(0, 9));
        assertThat(people(first, Figure.HARD_BOUNCES)).containsExactlyInAnyOrderElementsOf(FANS.subList(9, 11));
        assertThat(people(first, Figure.SPAM)).containsExactlyInAnyOrderElementsOf(FANS.subList(11, 12));
        assertThat(people(first, Figure.UNSUBSCRIBED)).contains(FANS.get(12), FANS.get(13));
        assertThat(components()
                        .results()
                        .answers()
                        .figures("main", first)
                        .get(Figure.CLICKED)
                        .count())
                .hasValue(9);
        assertThat(components()
                        .results()
                        .answers()
                        .campaign("main", first)
                        .orElseThrow()
                        .status())
                .isEqualTo(CampaignStatus.SENT);

        bridge.zoho().mailings(Map.of("campaignsMost", 100));
        bridge.runtime().database().change(handle -> {
            handle.execute("update watched_campaign set due_at = first_seen_at");
            handle.execute("update campaign_listing set listed_at = whole_at - " + anHour(handle));
        });
        bridge.zoho().forgetCalls();
        Look quiet = watched.look(connection(), null, ALL);
        // The sandbox begins with some of its own.
        int live = quiet.campaigns();
        assertThat(live).isGreaterThanOrEqualTo(50);
        assertThat(quiet.calls()).isEqualTo(live + 1);
        assertThat(bridge.zoho().calls("recentcampaigns")).isOne();
        assertThat(bridge.zoho().calls("campaignreports")).isEqualTo(live);
        assertThat(bridge.zoho().calls("getcampaignrecipientsdata")).isZero();
    }

    private static String anHour(org.jdbi.v3.core.Handle handle) {
        return bridge.runtime().database().embedded() ? "3600000000" : "interval '1 hour'";
    }

    @Test
    @DisplayName("A campaign is made, copied and sent in the sandbox, each by one permitted call")
    void writes() {
        CampaignWrites writes = components().campaigns().writes();
        bridge.zoho().mailings(Map.of("withoutTopic", "accepted"));
        bridge.zoho().forgetCalls();
        CampaignWritten made = writes.create(
                connection(),
                null,
                new CampaignWrites.NewCampaign(
                        "Spring",
                        "Spring is here",
                        "news@example.com",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(bridge.zoho().listKey("Fans")),
                        Optional.empty()));
        assertThat(made)
                .isInstanceOfSatisfying(
                        CampaignWritten.Done.class,
                        done -> assertThat(done.key()).isPresent());
        String key = ((CampaignWritten.Done) made).key().orElseThrow();

        assertThat(writes.clone(
                        connection(),
                        null,
                        new CampaignWrites.CopiedCampaign(
                                key, "Spring again", "Spring", Optional.empty(), Optional.empty())))
                .isInstanceOf(CampaignWritten.Done.class);
        assertThat(writes.send(connection(), null, key, Optional.empty()))
                .isInstanceOfSatisfying(
                        CampaignWritten.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("6607"));
        assertThat(bridge.zoho().calls("createCampaign")
                        + bridge.zoho().calls("json/clonecampaign")
                        + bridge.zoho().calls("sendcampaign"))
                .isEqualTo(3);
        assertThat(components().campaigns().recent().read(connection(), null, EnumSet.of(CampaignStatus.DRAFT)))
                .extracting("name")
                .contains("Spring", "Spring again");
    }
}
