package io.consentbridge.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.consent.Person;
import io.consentbridge.reaction.Figure;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looking at campaigns: what is asked, and what is known afterwards. */
@EveryEngine
class WatchedCampaignsIT {

    private static final Set<RecipientAction> ALL = EnumSet.allOf(RecipientAction.class);

    private final MovedClock clock = new MovedClock();
    private final TestDatabase engine;
    private PlayedZoho zoho;
    private Database database;
    private WatchedCampaigns watched;
    private CampaignResults results;

    WatchedCampaignsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        zoho = new PlayedZoho();
        database = engine.open();
        watched = zoho.watched(database, clock);
        results = new CampaignResults(database);
    }

    @AfterEach
    void close() {
        zoho.close();
        database.close();
    }

    private PlayedZoho.Mailing sent(String key) {
        return zoho.mailing(key, clock.instant());
    }

    private Look look() {
        zoho.calls.clear();
        return watched.look(zoho.connection, null, ALL);
    }

    private Look later(Duration time) {
        clock.pass(time);
        return look();
    }

    private Set<String> people(String key, Figure figure) {
        Set<String> people = new TreeSet<>();
        Optional<ActivityPage.Mark> mark = Optional.of(ActivityPage.BEGINNING);
        while (mark.isPresent()) {
            ActivityPage page = results.activity("main", key, figure, mark.get(), 2);
            page.people()
                    .forEach(one ->
                            assertThat(people.add(one.person().address())).isTrue());
            mark = page.next();
        }
        return people;
    }

    private List<Reacted> since(long mark, RecipientAction... actions) {
        return results.since("main", mark, EnumSet.copyOf(Arrays.asList(actions)), 100);
    }

    @Test
    @DisplayName("A look finds sent campaigns and reads their figures and people")
    void reads() {
        sent("3z1")
                .did("sentcontacts", "a@example.com", "b@example.com", "c@example.com", "d@example.com")
                .did("openedcontacts", "a@example.com")
                .did("optoutcontacts", "b@example.com")
                .did("senthardbounce", "d@example.com")
                .counts
                .put("delivered_count", "3");

        Look look = look();

        assertThat(look.finished()).isTrue();
        assertThat(look.problems()).isEmpty();
        assertThat(look.differences()).isEmpty();
        assertThat(look.stored()).isEqualTo(7);
        Map<Figure, Counted> figures = results.figures("main", "3z1");
        assertThat(figures.get(Figure.SENT))
                .isEqualTo(new Counted(OptionalLong.of(4), Optional.of(clock.instant()), true));
        assertThat(figures.get(Figure.DELIVERED).count()).hasValue(3);
        assertThat(figures.get(Figure.CLICKED).count()).hasValue(0);
        assertThat(figures.get(Figure.FORWARDED).count()).isEmpty();
        assertThat(results.campaign("main", "3z1")).hasValueSatisfying(campaign -> {
            assertThat(campaign.status()).isEqualTo(CampaignStatus.SENT);
            assertThat(campaign.looked()).contains(clock.instant());
            assertThat(campaign.due()).contains(clock.instant().plus(Duration.ofHours(1)));
        });
    }

    @Test
    @DisplayName("People are listed by figure in pages, and each has a service status")
    void activity() {
        sent("3z1")
                .did(
                        "sentcontacts",
                        "a@example.com",
                        "b@example.com",
                        "c@example.com",
                        "d@example.com",
                        "e@example.com")
                .did("openedcontacts", "a@example.com", "b@example.com")
                .did("clickedcontacts", "b@example.com")
                .did("spamcontacts", "c@example.com")
                .did("sentsoftbounce", "d@example.com")
                .did("unsentcontacts", "f@example.com");
        look();

        assertThat(people("3z1", Figure.SENT)).hasSize(5);
        assertThat(people("3z1", Figure.DELIVERED))
                .containsExactly("a@example.com", "b@example.com", "c@example.com", "e@example.com");
        assertThat(people("3z1", Figure.UNOPENED)).containsExactly("c@example.com", "e@example.com");
        assertThat(people("3z1", Figure.COMPLAINTS)).containsExactly("c@example.com");
        assertThat(people("3z1", Figure.HARD_BOUNCES)).isEmpty();
        List<Person> six = IntStream.range(0, 7)
                .mapToObj(i -> new Person("abcdefg".charAt(i) + "@example.com"))
                .toList();
        assertThat(results.status("main", "3z1", six).values())
                .containsExactly(
                        ServiceStatus.OPENED,
                        ServiceStatus.CLICKED,
                        ServiceStatus.COMPLAINED,
                        ServiceStatus.SOFT_BOUNCED,
                        ServiceStatus.DELIVERED,
                        ServiceStatus.UNSENT,
                        ServiceStatus.UNKNOWN);
        assertThat(zoho.called("getcampaignrecipientsdata unopenedcontacts")).isZero();
    }

    @Test
    @DisplayName("A look over 50 live campaigns where nothing moved makes 51 calls")
    void quiet() {
        for (int i = 0; i < 50; i++) {
            sent("3z" + i).did("sentcontacts", "a@example.com").did("optoutcontacts", "a@example.com");
        }
        assertThat(look().calls()).isEqualTo(2 + 50 + 2 * 50);

        for (int hour = 1; hour <= 30; hour++) {
            Look look = later(Duration.ofHours(1));
            assertThat(look.campaigns()).isEqualTo(50);
            assertThat(look.calls()).isEqualTo(51).isEqualTo(zoho.calls.size());
        }
        assertThat(later(Duration.ofMinutes(10)).calls()).isZero();
    }

    @Test
    @DisplayName("Only the people of an action whose count moved are read again")
    void moved() {
        PlayedZoho.Mailing mailing = sent("3z1")
                .did("sentcontacts", "a@example.com", "b@example.com")
                .did("clickedcontacts", "a@example.com");
        look();
        long mark = results.mark();

        mailing.did("clickedcontacts", "b@example.com");
        later(Duration.ofHours(1));

        assertThat(zoho.calls)
                .containsExactly("recentcampaigns", "campaignreports", "getcampaignrecipientsdata clickedcontacts");
        assertThat(since(mark, RecipientAction.CLICKED))
                .extracting(one -> one.person().address())
                .containsExactly("b@example.com");
        assertThat(since(mark, RecipientAction.SENT, RecipientAction.OPTED_OUT)).isEmpty();
    }

    @Test
    @DisplayName("A count that falls or is absent is not unchanged, and nothing learnt is unlearnt")
    void fallsOrAbsent() {
        PlayedZoho.Mailing mailing = sent("3z1")
                .did("sentcontacts", "a@example.com")
                .did("optoutcontacts", "a@example.com", "b@example.com");
        look();

        mailing.people.get("optoutcontacts").remove(0);
        later(Duration.ofHours(1));
        assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isOne();
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).hasSize(2);
        assertThat(results.figures("main", "3z1").get(Figure.UNSUBSCRIBED).count())
                .hasValue(1);

        mailing.counts.put("unsub_count", null);
        later(Duration.ofHours(1));
        assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isPositive();
        assertThat(results.figures("main", "3z1").get(Figure.UNSUBSCRIBED))
                .isEqualTo(new Counted(
                        OptionalLong.of(1), Optional.of(clock.instant().minus(Duration.ofHours(1))), true));

        mailing.counts.put("unsub_count", "null");
        later(Duration.ofHours(1));
        assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isPositive();

        mailing.people.remove("optoutcontacts");
        mailing.counts.remove("unsub_count");
        Look zero = later(Duration.ofHours(1));
        assertThat(zero.problems()).isEmpty();
        assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isOne();
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).hasSize(2);
        later(Duration.ofHours(1));
        assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isZero();
    }

    @Test
    @DisplayName(
            "Other people listed than counted are told, and read again only when the count moves or the campaign is older")
    void differs() {
        PlayedZoho.Mailing mailing = sent("3z1").did("optoutcontacts", "a@example.com");
        mailing.counts.put("unsub_count", "2");
        assertThat(look().differences()).containsExactly(new Look.Difference("3z1", RecipientAction.OPTED_OUT, 2, 1));

        for (int hour = 1; hour < 48; hour++) {
            later(Duration.ofHours(1));
            assertThat(zoho.called("getcampaignrecipientsdata optoutcontacts")).isZero();
        }
        mailing.did("optoutcontacts", "b@example.com");
        assertThat(later(Duration.ofHours(1)).differences()).isEmpty();
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).hasSize(2);
    }

    @Test
    @DisplayName("An empty page is not nobody while the report counts some: it is told, and read again within the hour")
    void emptyThoughCounted() {
        PlayedZoho.Mailing mailing = sent("3z1");
        mailing.counts.put("spams_count", "1");
        Look look = look();
        assertThat(look.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("counts some"));
        assertThat(results.peopleRead("main", "3z1", RecipientAction.SPAM)).isEmpty();

        mailing.did("spamcontacts", "a@example.com");
        later(Duration.ofHours(1));
        assertThat(people("3z1", Figure.SPAM)).containsExactly("a@example.com");
        assertThat(results.peopleRead("main", "3z1", RecipientAction.SPAM)).isPresent();
    }

    @Test
    @DisplayName("A read that breaks off keeps what it had, never counts as complete, and goes on with the next look")
    void breaksOff() {
        PlayedZoho.Mailing mailing = sent("3z1");
        for (int i = 0; i < 1200; i++) {
            mailing.did("sentcontacts", "p" + i + "@example.com");
        }
        AtomicInteger calls = new AtomicInteger();
        zoho.before = () -> {
            if (calls.incrementAndGet() == 6) {
                throw new ZohoFault.Throttled("getcampaignrecipientsdata", "no call is left", clock.instant());
            }
        };
        Look look = look();
        assertThat(look.finished()).isFalse();
        assertThat(look.stored()).isBetween(1L, 1199L);
        assertThat(results.peopleRead("main", "3z1", RecipientAction.SENT)).isEmpty();

        zoho.before = () -> {};
        Look next = later(Duration.ofMinutes(5));
        assertThat(next.finished()).isTrue();
        assertThat(next.stored()).isEqualTo(1200 - look.stored());
        assertThat(results.peopleRead("main", "3z1", RecipientAction.SENT)).isPresent();
    }

    @Test
    @DisplayName("One campaign that cannot be read does not keep the others from being read; an outage ends the look")
    void othersGoOn() {
        for (int i = 0; i < 6; i++) {
            sent("3z" + i).did("optoutcontacts", "a@example.com");
        }
        AtomicInteger reports = new AtomicInteger();
        zoho.before = () -> {
            if (zoho.calls.get(zoho.calls.size() - 1).equals("campaignreports") && reports.incrementAndGet() == 1) {
                throw new ZohoFault.Transient("main: no reply", null);
            }
        };
        Look look = look();
        assertThat(look.finished()).isTrue();
        assertThat(look.problems()).hasSize(1);
        assertThat(look.stored()).isEqualTo(5);

        zoho.before = () -> {
            throw new ZohoFault.Transient("main: no reply", null);
        };
        Look outage = later(Duration.ofHours(1));
        assertThat(outage.finished()).isFalse();
        assertThat(zoho.calls).hasSize(3);

        zoho.before = () -> {};
        later(Duration.ofMinutes(5));
        later(Duration.ofHours(1));
        assertThat(results.since("main", 0, ALL, 100)).hasSize(6);
    }

    @Test
    @DisplayName("A campaign is looked at hourly, daily, weekly, and then no more; sent again, it is looked at again")
    void schedule() {
        PlayedZoho.Mailing mailing = sent("3z1");
        int looks = 0;
        for (int hour = 0; hour < 24 * 100; hour++) {
            looks += later(Duration.ofHours(hour == 0 ? 0 : 1)).campaigns();
        }
        assertThat(looks).isEqualTo(48 + 1 + 12 + 11);
        assertThat(results.campaign("main", "3z1").orElseThrow().due()).isEmpty();

        mailing.sent = clock.instant();
        assertThat(later(Duration.ofHours(1)).campaigns()).isOne();
        assertThat(results.campaign("main", "3z1").orElseThrow().due()).isPresent();
    }

    @Test
    @DisplayName(
            "A campaign that is renamed keeps what is known; one that is deleted is gone, not unknown, and may come back")
    void renamedDeleted() {
        PlayedZoho.Mailing mailing = sent("3z1").did("optoutcontacts", "a@example.com");
        sent("3z2");
        look();

        mailing.name = "Summer";
        mailing.listed = false;
        zoho.mailings.get("3z2").name = "Autumn";
        later(Duration.ofHours(1));

        assertThat(results.campaign("main", "3z2").orElseThrow().name()).isEqualTo("Autumn");
        assertThat(results.campaign("main", "3z1")).hasValueSatisfying(gone -> {
            assertThat(gone.gone()).contains(clock.instant());
            assertThat(gone.due()).isEmpty();
        });
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).containsExactly("a@example.com");

        mailing.listed = true;
        later(Duration.ofHours(1));
        assertThat(results.campaign("main", "3z1")).hasValueSatisfying(back -> {
            assertThat(back.gone()).isEmpty();
            assertThat(back.name()).isEqualTo("Summer");
            assertThat(back.due()).isPresent();
        });
    }

    @Test
    @DisplayName("A campaign without a report is told, keeps its figures, and is asked again")
    void withoutReport() {
        PlayedZoho.Mailing mailing = sent("3z1").did("optoutcontacts", "a@example.com");
        look();
        mailing.reported = false;
        assertThat(later(Duration.ofHours(1)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.campaignKey()).isEqualTo("3z1"));
        assertThat(results.figures("main", "3z1").get(Figure.UNSUBSCRIBED).count())
                .hasValue(1);
        mailing.reported = true;
        assertThat(later(Duration.ofHours(1)).problems()).isEmpty();
    }

    @Test
    @DisplayName("The variants of a test and the messages of an autoresponder are summed with their campaign")
    void parts() {
        PlayedZoho.Mailing test = sent("3z1").did("sentcontacts", "a@example.com");
        test.kind = "abtesting";
        test.variants.addAll(List.of("3za", "3zb"));
        sent("3za").did("sentcontacts", "b@example.com").did("optoutcontacts", "b@example.com").listed = false;
        sent("3zb").did("sentcontacts", "c@example.com").listed = false;
        sent("3zm").did("sentcontacts", "d@example.com").listed = false;
        look();
        watched.watchParts(zoho.connection, "3z1", List.of("3zm", "3z1"));
        later(Duration.ofHours(1));
        later(Duration.ofHours(1));

        assertThat(zoho.called("getcampaigndetails")).isZero();
        assertThat(results.figures("main", "3z1").get(Figure.SENT).count()).hasValue(4);
        assertThat(results.figures("main", "3z1").get(Figure.SENT).whole()).isTrue();
        assertThat(people("3z1", Figure.SENT)).hasSize(4);
        assertThat(since(0, RecipientAction.OPTED_OUT)).singleElement().satisfies(one -> {
            assertThat(one.campaign()).isEqualTo("3za");
            assertThat(one.parent()).contains("3z1");
        });
        assertThat(results.campaign("main", "3z1").orElseThrow().gone()).isEmpty();
    }

    @Test
    @DisplayName("Campaigns are looked at by their keys when a person asks, whether they are due or listed or not")
    void byKey() {
        sent("3z1").did("optoutcontacts", "a@example.com");
        sent("3z2").did("optoutcontacts", "b@example.com").listed = false;
        look();
        zoho.calls.clear();

        Look look = watched.lookAt(zoho.connection, null, List.of("3z1", "3z2"), ALL);

        assertThat(look.reports()).isEqualTo(2);
        assertThat(people("3z2", Figure.UNSUBSCRIBED)).containsExactly("b@example.com");
        assertThat(zoho.called("recentcampaigns")).isZero();
    }

    @Test
    @DisplayName("Only the people of wanted actions are read; the figures are read of all")
    void wanted() {
        sent("3z1").did("openedcontacts", "a@example.com").did("clickedcontacts", "a@example.com");
        watched.look(zoho.connection, null, EnumSet.of(RecipientAction.CLICKED));

        assertThat(zoho.called("getcampaignrecipientsdata openedcontacts")).isZero();
        assertThat(people("3z1", Figure.OPENED)).isEmpty();
        assertThat(results.peopleRead("main", "3z1", RecipientAction.OPENED)).isEmpty();
        assertThat(results.figures("main", "3z1").get(Figure.OPENED).count()).hasValue(1);
        later(Duration.ofHours(1));
        assertThat(people("3z1", Figure.OPENED)).containsExactly("a@example.com");
    }

    @Test
    @DisplayName("A click is stored with the times that Zoho gives, and comes again when more of them are known")
    void clicks() {
        PlayedZoho.Mailing mailing = sent("3z1")
                .row("openedcontacts", "a@example.com", reports("Nov 22, 2026 10:05 AM"))
                .row("clickedcontacts", "a@example.com", reports("Nov 22, 2026 10:07 AM", "Nov 22, 2026 10:06 AM"));
        look();
        look();

        long mark = results.mark();
        clock.pass(Duration.ofHours(1));
        assertThat(since(0, RecipientAction.CLICKED)).singleElement().satisfies(click -> {
            assertThat(click.clicks())
                    .containsExactly(Instant.parse("2026-11-22T09:06:00Z"), Instant.parse("2026-11-22T09:07:00Z"));
            assertThat(click.happened()).contains(Instant.parse("2026-11-22T09:06:00Z"));
            assertThat(click.mailed()).contains(mailing.sent);
        });

        mailing.people.get("clickedcontacts").clear();
        mailing.row("clickedcontacts", "a@example.com", reports("Nov 22, 2026 3:00 PM"))
                .did("clickedcontacts", "b@example.com");
        look();

        assertThat(since(mark, RecipientAction.CLICKED)).hasSize(2);
        assertThat(since(mark, RecipientAction.CLICKED))
                .filteredOn(one -> one.person().address().equals("a@example.com"))
                .singleElement()
                .satisfies(click -> {
                    assertThat(click.clicks()).hasSize(3);
                    assertThat(click.opened()).contains(Instant.parse("2026-11-22T09:05:00Z"));
                    assertThat(click.seen()).isBefore(clock.instant());
                });
    }

    private static Map<String, Object> reports(String... times) {
        return Map.of(
                "reports",
                Arrays.stream(times).map(time -> Map.of("time", time)).toList());
    }

    @Test
    @DisplayName("Spellings of one address are one person, and an address too long for one is passed over")
    void spellings() {
        sent("3z1").did("optoutcontacts", "A@example.com", "a@EXAMPLE.com", "x".repeat(400) + "@example.com");
        look();
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).containsExactly("a@example.com");
    }

    @Test
    @DisplayName("Short pages, and pages that begin earlier than asked, are read to the end, each person once")
    void shortPages() {
        List<String> all = new ArrayList<>();
        PlayedZoho.Mailing mailing = sent("3z1");
        for (int i = 0; i < 57; i++) {
            all.add("p" + i + "@example.com");
            mailing.did("optoutcontacts", "p" + i + "@example.com");
        }
        zoho.most = 20;
        zoho.from = at -> at == 1 ? 1 : at - 3;
        Look look = look();

        assertThat(look.problems()).isEmpty();
        assertThat(people("3z1", Figure.UNSUBSCRIBED)).containsExactlyInAnyOrderElementsOf(all);
    }
}
