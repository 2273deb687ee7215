package io.consentbridge.sandbox.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.watch.Violations;
import java.lang.ref.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A campaign of as many recipients as Zoho allows for one module. */
class LargeMailingTest {

    private static final int PEOPLE = 200_000;
    private static final long MEGABYTE = 1_048_576;

    @Test
    @DisplayName("200,000 recipients are sent to, counted and listed to the last page, within 60 MB")
    void twoHundredThousand() {
        SandboxClock clock = new SandboxClock(Clock.systemUTC(), Instant.parse("2026-08-01T09:00:00Z"));
        Account account = new Account(clock);
        Backstage backstage = new Backstage(account);
        backstage.addTopic("News", "News");
        backstage.addList("Many", false);
        for (int i = 0; i < PEOPLE; i++) {
            backstage.join("Many", "p" + i + "@many.example.com", Map.of());
        }
        Mailings mailings = new Mailings(account, clock, new Violations(clock), email -> false);
        MailingScreen screen = new MailingScreen(mailings);
        long before = used();
        String key = screen.make(new MailingScreen.Draft(
                "Spring", "Spring", null, "news@example.com", "Many", null, "<p>Spring</p>", false));
        assertThat(screen.does(MailingScreen.Deed.SEND, key)).isNull();
        clock.move(Duration.ofDays(4));
        mailings.advance();
        Mailing mailing = mailings.find(key).orElseThrow();
        assertThat(mailing.state()).isEqualTo(MailingState.SENT);
        RecipientRows rows = new RecipientRows(mailings.choices());
        Set<Object> met = new HashSet<>();
        for (int from = 1; from <= PEOPLE; from += 500) {
            page(rows, mailing, from, mailings.now()).forEach(met::add);
        }
        assertThat(met).hasSize(PEOPLE);
        assertThat(page(rows, mailing, PEOPLE + 1, mailings.now())).isEmpty();
        assertThat(Report.of(mailing.dispatches(), mailings.now(), true).sent()).isEqualTo(PEOPLE);
        met.clear();
        long kept = used() - before;
        Reference.reachabilityFence(List.of(mailings, rows, mailing, account));
        assertThat(kept).isLessThan(60 * MEGABYTE);
    }

    private static List<Object> page(RecipientRows rows, Mailing mailing, int from, long now) {
        return rows.rows(mailing, RecipientRows.Action.SENT, null, new Page(from, 500, false), now).stream()
                .map(row -> ((Map<?, ?>) row).get("contactemailaddress"))
                .map(Object.class::cast)
                .toList();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
