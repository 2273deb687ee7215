package io.consentbridge.results;

import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.consent.Person;
import io.consentbridge.reaction.Figure;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Answers what is known of campaigns, without asking Zoho. Safe for many threads. */
public final class CampaignResults {

    private static final String SENT = ReactionWords.of(RecipientAction.SENT);
    private static final String OPENED = ReactionWords.of(RecipientAction.OPENED);

    private final Database database;
    private final WatchRows rows;

    public CampaignResults(Database database) {
        this.database = database;
        this.rows = new WatchRows(database);
    }

    /** Every watched campaign of the connection, parts too, in the order in which they were first seen. */
    public List<WatchedCampaign> campaigns(String connection) {
        return rows.all(connection);
    }

    /** The campaign with that key; empty if it is not watched. */
    public Optional<WatchedCampaign> campaign(String connection, String key) {
        return rows.all(connection).stream()
                .filter(campaign -> campaign.key().equals(key))
                .findFirst();
    }

    /**
     * What the reports say of a campaign (B151), the sum of it and its parts, with the instant at which it was read. A figure
     * that no report gave is there without a number.
     */
    public Map<Figure, Counted> figures(String connection, String key) {
        List<Map<Figure, WatchRows.Count>> parts =
                family(connection, key).map(part -> rows.counts(part.id())).toList();
        Map<Figure, Counted> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(
                    figure,
                    sum(parts.stream()
                            .map(counts -> Optional.ofNullable(counts.get(figure)))
                            .toList()));
        }
        return figures;
    }

    private static Counted sum(List<Optional<WatchRows.Count>> parts) {
        List<WatchRows.Count> told = parts.stream()
                .flatMap(Optional::stream)
                .filter(count -> count.counted().isPresent())
                .toList();
        if (told.isEmpty()) {
            return Counted.UNKNOWN;
        }
        return new Counted(
                OptionalLong.of(
                        told.stream().mapToLong(count -> count.counted().get()).sum()),
                told.stream().flatMap(count -> count.countedAt().stream()).min(Instant::compareTo),
                told.size() == parts.size());
    }

    /**
     * When the people of a figure were last read to the end, in every part of the campaign; empty if they never were: then those
     * that are stored may be some of them.
     */
    public Optional<Instant> peopleRead(String connection, String key, RecipientAction action) {
        Figure figure = ReactionWords.figures(action).get(0);
        List<Optional<Instant>> parts = family(connection, key)
                .map(part ->
                        Optional.ofNullable(rows.counts(part.id()).get(figure)).flatMap(WatchRows.Count::readAt))
                .toList();
        return parts.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : parts.stream().flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** The campaign with that key and its parts. */
    private Stream<WatchedCampaign> family(String connection, String key) {
        return rows.all(connection).stream()
                .filter(campaign -> campaign.key().equals(key)
                        || campaign.parent().filter(key::equals).isPresent());
    }

    /**
     * The people of a figure (B155), page by page. Delivered are those to whom it was sent and of whom no bounce is known; not opened
     * those of them of whom no opening is known.
     *
     * @param from {@link ActivityPage#BEGINNING}, or where the page before ended
     * @param max the most people of the page
     * @throws IllegalArgumentException for a figure whose people Zoho does not list
     */
    public ActivityPage activity(String connection, String key, Figure figure, ActivityPage.Mark from, int max) {
        List<Reacted> people = new ArrayList<>();
        List<WatchedCampaign> parts =
                family(connection, key).filter(part -> part.id() >= from.part()).toList();
        for (WatchedCampaign part : parts) {
            long after = part.id() == from.part() ? from.after() : 0;
            List<Reacted> more = database.query(handle -> ofPart(handle, part, figure, after, max + 1 - people.size()));
            people.addAll(more);
            if (people.size() > max) {
                List<Reacted> page = people.subList(0, max);
                boolean begun = more.size() > 1;
                ActivityPage.Mark next = begun
                        ? new ActivityPage.Mark(part.id(), page.get(max - 1).number())
                        : new ActivityPage.Mark(part.id(), after);
                return new ActivityPage(page, Optional.of(next));
            }
        }
        return new ActivityPage(people, Optional.empty());
    }

    private List<Reacted> ofPart(Handle handle, WatchedCampaign part, Figure figure, long after, int max) {
        String reaction = switch (figure) {
            case SENT, DELIVERED, UNOPENED -> SENT;
            case OPENED -> OPENED;
            case CLICKED -> ReactionWords.of(RecipientAction.CLICKED);
            case HARD_BOUNCES -> ReactionWords.of(RecipientAction.HARD_BOUNCE);
            case SOFT_BOUNCES -> ReactionWords.of(RecipientAction.SOFT_BOUNCE);
            case UNSENT -> ReactionWords.of(RecipientAction.UNSENT);
            case UNSUBSCRIBED -> ReactionWords.of(RecipientAction.OPTED_OUT);
            case SPAM, COMPLAINTS -> ReactionWords.of(RecipientAction.SPAM);
            case FORWARDED, AUTO_REPLIED ->
                throw new IllegalArgumentException("Zoho does not list who forwarded a mail or answers by machine");
        };
        List<String> without = switch (figure) {
            case DELIVERED ->
                List.of(ReactionWords.of(RecipientAction.HARD_BOUNCE), ReactionWords.of(RecipientAction.SOFT_BOUNCE));
            case UNOPENED ->
                List.of(
                        ReactionWords.of(RecipientAction.HARD_BOUNCE),
                        ReactionWords.of(RecipientAction.SOFT_BOUNCE),
                        OPENED,
                        ReactionWords.of(RecipientAction.CLICKED));
            default -> List.of();
        };
        List<Row> found = handle.createQuery("""
                        select r.id, r.campaign_id, r.person_id, r.reaction, r.seen_at, r.mailed_at, r.happened_at, r.times
                        from campaign_reaction r
                        where r.campaign_id = :campaign and r.reaction = :reaction and r.id > :after
                          and not exists (
                            select 1 from campaign_reaction o
                            where o.person_id = r.person_id and o.campaign_id = r.campaign_id and o.reaction = any(:without))
                        order by r.id fetch first :max rows only
                        """)
                .bind("campaign", part.id())
                .bind("reaction", reaction)
                .bind("after", after)
                .bindArray("without", String.class, without)
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
        return reacted(handle, found, Map.of(part.id(), part));
    }

    /**
     * What became of the mail for these people (B156); everybody is in the answer. Whether somebody replied Zoho does not tell.
     *
     * @param people at most some hundreds
     */
    public Map<Person, ServiceStatus> status(String connection, String key, Collection<Person> people) {
        List<Long> parts = family(connection, key).map(WatchedCampaign::id).toList();
        return database.query(handle -> {
            PersonNumbers numbers = PersonNumbers.known(handle, people);
            Map<Long, List<RecipientAction>> reactions = new HashMap<>();
            handle.createQuery("""
                            select r.person_id, r.reaction from unnest(:people) as wanted (id)
                            join campaign_reaction r on r.person_id = wanted.id and r.campaign_id = any(:parts)
                            """)
                    .bindArray("people", Long.class, numbers.all())
                    .bindArray("parts", Long.class, parts)
                    .map((row, context) -> reactions
                            .computeIfAbsent(row.getLong("person_id"), none -> new ArrayList<>())
                            .add(ReactionWords.action(row.getString("reaction"))))
                    .list();
            Map<Person, ServiceStatus> status = new LinkedHashMap<>();
            people.forEach(person -> status.put(
                    person,
                    ServiceStatus.of(numbers.find(person).map(reactions::get).orElse(List.of()))));
            return status;
        });
    }

    /** The number of the newest reaction; 0 if there is none. What comes later is after it. */
    public long mark() {
        return database.query(handle -> handle.createQuery("select number from reaction_number where one = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /**
     * The reactions that are new since a mark, or of which more is known, in the order of their numbers. One of which more becomes
     * known comes again, so a caller that acts on it must not count it twice.
     *
     * @param mark the number of the last reaction that was taken; 0 for the first time
     * @param actions which of them
     * @param max the most of them
     */
    public List<Reacted> since(String connection, long mark, Set<RecipientAction> actions, int max) {
        Map<Long, WatchedCampaign> campaigns = new HashMap<>();
        rows.all(connection).forEach(campaign -> campaigns.put(campaign.id(), campaign));
        return database.query(handle -> {
            // The sum keeps SQLite from the index of campaigns, which would have it sort all their reactions.
            List<Row> found = handle.createQuery("""
                            select r.id, r.campaign_id, r.person_id, r.reaction, r.seen_at, r.mailed_at,
                                r.happened_at, r.times
                            from campaign_reaction r
                            where r.id > :mark and r.reaction = any(:reactions) and r.campaign_id + 0 = any(:campaigns)
                            order by r.id fetch first :max rows only
                            """)
                    .bind("mark", mark)
                    .bindArray(
                            "reactions",
                            String.class,
                            actions.stream().map(ReactionWords::of).toList())
                    .bindArray("campaigns", Long.class, List.copyOf(campaigns.keySet()))
                    .bind("max", max)
                    .map((row, context) -> row(row))
                    .list();
            return reacted(handle, found, campaigns);
        });
    }

    private record Row(
            long number,
            long campaign,
            long person,
            RecipientAction action,
            Instant seen,
            Optional<Instant> mailed,
            Optional<Instant> happened,
            List<Instant> times) {}

    private static Row row(ResultSet row) throws SQLException {
        String times = row.getString("times");
        return new Row(
                row.getLong("id"),
                row.getLong("campaign_id"),
                row.getLong("person_id"),
                ReactionWords.action(row.getString("reaction")),
                Columns.instant(row, "seen_at"),
                Columns.optionalInstant(row, "mailed_at"),
                Columns.optionalInstant(row, "happened_at"),
                times == null
                        ? List.of()
                        : Arrays.stream(times.split(" "))
                                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                                .toList());
    }

    private static List<Reacted> reacted(Handle handle, List<Row> found, Map<Long, WatchedCampaign> campaigns) {
        List<Long> people = found.stream().map(Row::person).distinct().toList();
        PersonNumbers numbers = PersonNumbers.numbered(handle, people);
        Map<List<Long>, Instant> opened = opened(handle, people);
        return found.stream()
                .filter(row -> numbers.person(row.person()) != null)
                .map(row -> new Reacted(
                        row.number(),
                        campaigns.get(row.campaign()).key(),
                        campaigns.get(row.campaign()).parent(),
                        numbers.person(row.person()),
                        row.action(),
                        row.seen(),
                        row.mailed(),
                        row.happened(),
                        Optional.ofNullable(opened.get(List.of(row.campaign(), row.person()))),
                        row.times()))
                .toList();
    }

    private static Map<List<Long>, Instant> opened(Handle handle, List<Long> people) {
        Map<List<Long>, Instant> opened = new HashMap<>();
        handle.createQuery("""
                        select r.campaign_id, r.person_id, r.happened_at from unnest(:people) as wanted (id)
                        join campaign_reaction r on r.person_id = wanted.id
                        where r.reaction = :opened and r.happened_at is not null
                        """)
                .bindArray("people", Long.class, people)
                .bind("opened", OPENED)
                .map((row, context) -> opened.put(
                        List.of(row.getLong("campaign_id"), row.getLong("person_id")),
                        Columns.instant(row, "happened_at")))
                .list();
        return opened;
    }
}
