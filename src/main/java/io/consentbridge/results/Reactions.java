package io.consentbridge.results;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.campaigns.Recipient;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Stores what recipients did. What was stored once is never taken back by a later reading. */
final class Reactions {

    private static final int MOST_TIMES = 20;

    /** @param times null for none */
    private record Known(long id, Instant mailed, Instant happened, String times) {}

    private record New(long id, long person, Recipient recipient) {}

    /** A stored reaction about which more is known now. */
    private record Grown(long before, Instant mailed, Instant happened, String times) {}

    private final Database database;
    private final ErasedPeople erased;

    Reactions(Database database, ErasedPeople erased) {
        this.database = database;
        this.erased = erased;
    }

    /**
     * Stores a page in one transaction. People who were erased are not stored, and neither is an address that is too long for
     * one.
     *
     * @return how many reactions are new, or tell more than before
     */
    int store(long campaign, RecipientAction action, List<Recipient> page, Instant now) {
        return database.transaction(handle -> store(handle, campaign, action, page, now));
    }

    private int store(Handle handle, long campaign, RecipientAction action, List<Recipient> page, Instant now) {
        Map<Person, Recipient> recipients = new LinkedHashMap<>();
        page.forEach(recipient -> recipients.putIfAbsent(recipient.person(), recipient));
        recipients.keySet().removeAll(erased.among(handle, recipients.keySet()));
        PersonNumbers numbers = PersonNumbers.of(handle, recipients.keySet());
        Map<Long, Known> known = known(handle, campaign, action, numbers.all());
        List<New> news = new ArrayList<>();
        List<Grown> grown = new ArrayList<>();
        recipients.forEach((person, recipient) -> numbers.find(person).ifPresent(number -> {
            Known before = known.get(number);
            if (before == null) {
                news.add(new New(0, number, recipient));
            } else {
                grown(action, before, recipient).ifPresent(grown::add);
            }
        }));
        int wanted = news.size() + grown.size();
        if (wanted > 0) {
            long last = number(handle, wanted);
            insert(handle, campaign, action, news, last - wanted, now);
            grow(handle, grown, last - grown.size());
        }
        return wanted;
    }

    private static Map<Long, Known> known(Handle handle, long campaign, RecipientAction action, List<Long> people) {
        Map<Long, Known> known = new HashMap<>();
        handle.createQuery("""
                        select r.id, r.person_id, r.mailed_at, r.happened_at, r.times from unnest(:people) as wanted (id)
                        join campaign_reaction r
                          on r.person_id = wanted.id and r.campaign_id = :campaign and r.reaction = :reaction
                        """)
                .bindArray("people", Long.class, people)
                .bind("campaign", campaign)
                .bind("reaction", ReactionWords.of(action))
                .map((row, context) -> known.put(
                        row.getLong("person_id"),
                        new Known(
                                row.getLong("id"),
                                Columns.optionalInstant(row, "mailed_at").orElse(null),
                                Columns.optionalInstant(row, "happened_at").orElse(null),
                                row.getString("times"))))
                .list();
        return known;
    }

    private static Optional<Grown> grown(RecipientAction action, Known before, Recipient now) {
        String times = action == RecipientAction.CLICKED ? times(before.times(), now.times()) : before.times();
        Instant happened = earlier(before.happened(), now.at().orElse(null));
        Instant mailed = earlier(before.mailed(), now.sent().orElse(null));
        boolean same =
                same(times, before.times()) && same(happened, before.happened()) && same(mailed, before.mailed());
        return same ? Optional.empty() : Optional.of(new Grown(before.id(), mailed, happened, times));
    }

    private static boolean same(Object one, Object other) {
        return one == null ? other == null : one.equals(other);
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? other : one;
    }

    /** The earliest times and the latest one: a click much later than the mail is a person's. */
    private static String times(String before, List<Instant> more) {
        SortedSet<Long> seconds = new TreeSet<>();
        if (before != null) {
            Arrays.stream(before.split(" ")).map(Long::valueOf).forEach(seconds::add);
        }
        more.stream().map(Instant::getEpochSecond).forEach(seconds::add);
        if (seconds.isEmpty()) {
            return null;
        }
        List<Long> all = List.copyOf(seconds);
        List<Long> kept = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_TIMES - 1)));
        if (kept.size() < all.size()) {
            kept.add(all.get(all.size() - 1));
        }
        return kept.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Takes so many numbers, and returns the last one. Others who take some wait until the transaction ends. */
    private static long number(Handle handle, int wanted) {
        handle.createUpdate("""
                        insert into reaction_number (one, number) values (1, :wanted)
                        on conflict (one) do update set number = reaction_number.number + excluded.number
                        """).bind("wanted", wanted).execute();
        return handle.createQuery("select number from reaction_number where one = 1")
                .mapTo(Long.class)
                .one();
    }

    private static void insert(
            Handle handle, long campaign, RecipientAction action, List<New> news, long before, Instant now) {
        List<New> numbered = new ArrayList<>();
        for (New one : news) {
            numbered.add(new New(before + numbered.size() + 1, one.person(), one.recipient()));
        }
        BulkInsert.into("campaign_reaction", numbered)
                .numbers("id", New::id)
                .number("campaign_id", campaign)
                .text("reaction", ReactionWords.of(action))
                .numbers("person_id", New::person)
                .time("seen_at", now)
                .times("mailed_at", one -> one.recipient().sent().orElse(null))
                .times("happened_at", one -> one.recipient().at().orElse(null))
                .texts(
                        "times",
                        one -> action == RecipientAction.CLICKED
                                ? times(null, one.recipient().times())
                                : null)
                .executeUnlessThere(handle);
    }

    private static void grow(Handle handle, List<Grown> grown, long before) {
        if (grown.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update campaign_reaction set id = :number, mailed_at = :mailed, happened_at = :happened, times = :times
                where id = :id
                """);
        long number = before;
        for (Grown one : grown) {
            batch.bind("number", ++number)
                    .bindByType("mailed", one.mailed(), Instant.class)
                    .bindByType("happened", one.happened(), Instant.class)
                    .bindByType("times", one.times(), String.class)
                    .bind("id", one.before())
                    .add();
        }
        batch.execute();
    }
}
