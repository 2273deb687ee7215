package io.consentbridge.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.reaction.Figure;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the pages are like, and however a read breaks off. */
class WatchedCampaignsPropertyIT {

    private static final Set<RecipientAction> WANTED = EnumSet.of(RecipientAction.OPTED_OUT, RecipientAction.CLICKED);
    private static final List<String> WORDS = List.of("optoutcontacts", "clickedcontacts");

    private static Database database;
    private static PlayedZoho zoho;

    private final MovedClock clock = new MovedClock();
    private CampaignResults results;

    @BeforeContainer
    static void open() {
        database = TestDatabase.SQLITE.open();
        zoho = new PlayedZoho();
    }

    @AfterContainer
    static void close() {
        zoho.close();
        database.close();
    }

    @Property(tries = 120)
    @Label(
            "Each reaction is stored once, nothing learnt is unlearnt, and after a quiet complete read the people are those of Zoho")
    void anyPages(
            @ForAll Random random,
            @ForAll @IntRange(min = 0, max = 60) int people,
            @ForAll @IntRange(min = 1, max = 25) int most,
            @ForAll @IntRange(min = 1, max = 6) int looks) {
        fresh();
        PlayedZoho.Mailing mailing = zoho.mailing("3z1", clock.instant());
        Set<String> ever = new HashSet<>();
        for (int i = 0; i < people; i++) {
            String address = "p" + i + "@example.com";
            mailing.did(WORDS.get(i % 2), address);
            ever.add(address);
        }
        zoho.most = most;
        Set<String> before = Set.of();
        for (int look = 0; look < looks; look++) {
            disturb(random, mailing, ever, look);
            zoho.watched(database, clock).look(zoho.connection, null, WANTED);
            Set<String> known = known();
            assertThat(known).containsAll(before);
            assertThat(ever).containsAll(known);
            before = known;
            clock.pass(Duration.ofHours(1));
        }

        zoho.from = at -> at;
        zoho.shaken = all -> all;
        zoho.before = () -> {};
        mailing.counts.clear();
        // So that the counts are no others that were read: who comes for one who goes cannot be seen by a count.
        WORDS.forEach(word -> mailing.did(word, "more-" + word + "@example.com"));
        WORDS.forEach(word -> mailing.did(word, "last-" + word + "@example.com"));
        Look quiet = zoho.watched(database, clock).look(zoho.connection, null, WANTED);

        assertThat(quiet.finished()).isTrue();
        assertThat(quiet.problems()).isEmpty();
        assertThat(known()).containsAll(before).containsAll(addresses(mailing));
        if (looks == 1) {
            assertThat(known()).isEqualTo(addresses(mailing));
        }
        assertThat(rows()).doesNotHaveDuplicates();
    }

    /** Nobody goes in the first look, so that everybody who was ever there is there. */
    private void disturb(Random random, PlayedZoho.Mailing mailing, Set<String> ever, int look) {
        int kind = random.nextInt(6);
        int shift = random.nextInt(5) - 2;
        zoho.from = kind == 1 ? at -> at == 1 ? 1 : Math.max(1, at + shift) : at -> at;
        int[] asked = {0};
        zoho.shaken = all -> {
            asked[0]++;
            List<Map<String, Object>> page = new ArrayList<>(all);
            if (kind == 2) {
                Collections.shuffle(page, random);
            } else if (kind == 3 && !page.isEmpty()) {
                Collections.rotate(page, asked[0] % 3);
            } else if (kind == 4) {
                page.addAll(all);
            }
            return page;
        };
        int end = random.nextInt(12);
        zoho.before = kind == 5
                ? () -> {
                    if (zoho.calls.size() > end
                            && zoho.calls.get(zoho.calls.size() - 1).startsWith("getcampaignr")) {
                        throw random.nextBoolean()
                                ? new ZohoFault.Transient("main: no reply", null)
                                : new ZohoFault.PageLost("main: a page is lost");
                    }
                }
                : () -> {};
        zoho.calls.clear();
        if (look > 0 && random.nextBoolean()) {
            String address = "q" + look + "@example.com";
            mailing.did(WORDS.get(look % 2), address);
            ever.add(address);
        }
        List<Map<String, Object>> some = mailing.people.getOrDefault(WORDS.get(0), new ArrayList<>());
        if (look > 0 && !some.isEmpty() && random.nextInt(3) == 0) {
            some.remove(random.nextInt(some.size()));
        }
    }

    private static Set<String> addresses(PlayedZoho.Mailing mailing) {
        Set<String> addresses = new TreeSet<>();
        mailing.people
                .values()
                .forEach(rows -> rows.forEach(
                        row -> addresses.add(row.get("contactemailaddress").toString())));
        return addresses;
    }

    private void fresh() {
        database.change(handle -> List.of(
                        "campaign_reaction",
                        "campaign_count",
                        "campaign_listing",
                        "watched_campaign",
                        "reaction_number",
                        "person")
                .forEach(table -> handle.execute("delete from " + table)));
        zoho.mailings.clear();
        zoho.from = at -> at;
        zoho.shaken = all -> all;
        zoho.before = () -> {};
        results = new CampaignResults(database);
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (Figure figure : List.of(Figure.UNSUBSCRIBED, Figure.CLICKED)) {
            Optional<ActivityPage.Mark> mark = Optional.of(ActivityPage.BEGINNING);
            while (mark.isPresent()) {
                ActivityPage page = results.activity("main", "3z1", figure, mark.get(), 7);
                page.people().forEach(one -> known.add(one.person().address()));
                mark = page.next();
            }
        }
        return known;
    }

    private List<String> rows() {
        return database.query(handle -> handle.createQuery(
                        "select campaign_id || ' ' || reaction || ' ' || person_id from campaign_reaction")
                .mapTo(String.class)
                .list());
    }
}
