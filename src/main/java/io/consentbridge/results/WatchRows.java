package io.consentbridge.results;

import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.ListedCampaign;
import io.consentbridge.reaction.Figure;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The watched campaigns, their counts, and the times of listing, in the database. */
final class WatchRows {

    /** @param whole when the campaigns were last listed to the end; empty for never */
    record Listed(Instant at, Optional<Instant> whole) {}

    /**
     * The state of one figure.
     *
     * @param counted the last number that a report gave
     * @param countedAt when
     * @param readCount the number at which the people were last read to the end
     * @param readPeople how many were listed then
     * @param readPhase the phase of that time
     * @param readAt when
     */
    record Count(
            Optional<Long> counted,
            Optional<Instant> countedAt,
            Optional<Long> readCount,
            Optional<Long> readPeople,
            Optional<Integer> readPhase,
            Optional<Instant> readAt) {}

    private final Database database;

    WatchRows(Database database) {
        this.database = database;
    }

    Optional<Listed> listed(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select listed_at, whole_at from campaign_listing where connection = :connection")
                .bind("connection", connection)
                .map((row, context) ->
                        new Listed(Columns.instant(row, "listed_at"), Columns.optionalInstant(row, "whole_at")))
                .findOne());
    }

    /** Every campaign of the connection, in the order of their numbers. */
    List<WatchedCampaign> all(String connection) {
        return database.query(handle -> all(handle, connection));
    }

    private static List<WatchedCampaign> all(Handle handle, String connection) {
        return handle.createQuery("select * from watched_campaign where connection = :connection order by id")
                .bind("connection", connection)
                .map((row, context) -> campaign(row))
                .list();
    }

    /** The campaigns of the connection that are to be looked at, those that wait longest first. */
    List<WatchedCampaign> due(String connection, Instant now) {
        return database.query(handle -> handle.createQuery("""
                        select * from watched_campaign
                        where connection = :connection and due_at is not null and due_at <= :now order by due_at, id
                        """)
                .bind("connection", connection)
                .bind("now", now)
                .map((row, context) -> campaign(row))
                .list());
    }

    /** The keys of the campaigns that Zoho listed when it was last asked. */
    List<String> keys(String connection) {
        return database.query(handle -> handle.createQuery("""
                        select campaign_key from watched_campaign
                        where connection = :connection and listed and gone_at is null
                        """)
                .bind("connection", connection)
                .mapTo(String.class)
                .list());
    }

    private static WatchedCampaign campaign(ResultSet row) throws SQLException {
        return new WatchedCampaign(
                row.getLong("id"),
                row.getString("connection"),
                row.getString("campaign_key"),
                Columns.optionalText(row, "parent_key"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("sender"),
                CampaignStatus.valueOf(row.getString("status")),
                Columns.optionalInstant(row, "sent_at"),
                Columns.optionalInstant(row, "made_at"),
                Columns.instant(row, "first_seen_at"),
                Columns.optionalInstant(row, "gone_at"),
                Columns.optionalInstant(row, "looked_at"),
                Columns.optionalInstant(row, "due_at"));
    }

    /**
     * Stores what Zoho listed.
     *
     * @param whole whether it was listed to the end: then what is missing is gone
     */
    void listed(String connection, List<ListedCampaign> campaigns, boolean whole, Instant now) {
        database.change(handle -> {
            campaigns.forEach(campaign -> store(handle, connection, campaign, now));
            if (whole) {
                List<String> keys = campaigns.stream().map(ListedCampaign::key).toList();
                handle.createUpdate("""
                                update watched_campaign set gone_at = :now, due_at = null
                                where connection = :connection and listed and gone_at is null and campaign_key <> all(:keys)
                                """)
                        .bind("now", now)
                        .bind("connection", connection)
                        .bindArray("keys", String.class, keys)
                        .execute();
            }
            handle.createUpdate("""
                            insert into campaign_listing (connection, listed_at, whole_at) values (:connection, :now, :whole)
                            on conflict (connection) do update
                            set listed_at = excluded.listed_at, whole_at = coalesce(excluded.whole_at, campaign_listing.whole_at)
                            """)
                    .bind("connection", connection)
                    .bind("now", now)
                    .bindByType("whole", whole ? now : null, Instant.class)
                    .execute();
        });
    }

    /** One that is new, came back, or was sent again, is looked at at once, if it is looked at at all. */
    private static void store(Handle handle, String connection, ListedCampaign campaign, Instant now) {
        Instant since = campaign.sent().orElse(now);
        Instant soon = WatchSchedule.next(since, now).isPresent() ? now : null;
        handle.createUpdate("""
                        insert into watched_campaign (connection, campaign_key, name, kind, subject, sender, status, sent_at, made_at,
                            first_seen_at, listed, due_at)
                        values (:connection, :key, :name, :kind, :subject, :sender, :status, :sent, :made, :now, true, :soon)
                        on conflict (connection, campaign_key) do update
                        set name = excluded.name, kind = excluded.kind, subject = excluded.subject, sender = excluded.sender,
                            status = excluded.status, made_at = excluded.made_at, listed = true, gone_at = null,
                            due_at = case
                                when watched_campaign.gone_at is not null or excluded.sent_at > watched_campaign.sent_at
                                  or watched_campaign.status <> excluded.status
                                then excluded.due_at else watched_campaign.due_at end,
                            sent_at = coalesce(excluded.sent_at, watched_campaign.sent_at)
                        """)
                .bind("connection", connection)
                .bind("key", Columns.clip(campaign.key(), 200))
                .bind("name", Columns.clip(campaign.name(), 500))
                .bind("kind", Columns.clip(campaign.kind(), 64))
                .bind("subject", Columns.clip(campaign.subject(), 500))
                .bind("sender", Columns.clip(campaign.sender(), 320))
                .bind("status", campaign.status().name())
                .bindByType("sent", campaign.sent().orElse(null), Instant.class)
                .bindByType("made", campaign.created().orElse(null), Instant.class)
                .bind("now", now)
                .bindByType("soon", soon, Instant.class)
                .execute();
    }

    /** Watches parts of a campaign, which are looked at as if they were sent when it was. */
    void parts(WatchedCampaign whole, List<String> keys, Instant now) {
        Instant soon = WatchSchedule.next(whole.since(), now).isPresent() ? now : null;
        database.change(handle -> {
            PreparedBatch part = handle.prepareBatch("""
                    insert into watched_campaign (connection, campaign_key, parent_key, name, kind, subject, sender, status, sent_at,
                        first_seen_at, listed, due_at)
                    values (:connection, :key, :parent, :name, :kind, :subject, :sender, :status, :sent, :now, false, :soon)
                    on conflict (connection, campaign_key) do update set parent_key = excluded.parent_key
                    """);
            for (String key : keys) {
                part.bind("connection", whole.connection())
                        .bind("key", Columns.clip(key, 200))
                        .bind("parent", whole.key())
                        .bind("name", whole.name())
                        .bind("kind", whole.kind())
                        .bind("subject", whole.subject())
                        .bind("sender", whole.sender())
                        .bind("status", whole.status().name())
                        .bindByType("sent", whole.sent().orElse(null), Instant.class)
                        .bind("now", now)
                        .bindByType("soon", soon, Instant.class)
                        .add();
            }
            part.execute();
        });
    }

    /** Watches a campaign that was named and that Zoho has not listed. */
    void named(String connection, String key, String name, Instant now) {
        database.change(handle -> handle.createUpdate("""
                        insert into watched_campaign (connection, campaign_key, name, kind, subject, sender, status, first_seen_at,
                            listed, due_at)
                        values (:connection, :key, :name, '', '', '', :status, :now, false, :now)
                        on conflict do nothing
                        """)
                .bind("connection", connection)
                .bind("key", Columns.clip(key, 200))
                .bind("name", Columns.clip(name, 500))
                .bind("status", CampaignStatus.UNKNOWN.name())
                .bind("now", now)
                .execute());
    }

    boolean partsRead(long campaign) {
        return database.query(handle -> handle.createQuery("select parts_read from watched_campaign where id = :id")
                .bind("id", campaign)
                .mapTo(Boolean.class)
                .one());
    }

    void partsAreRead(long campaign) {
        database.change(handle -> handle.createUpdate("update watched_campaign set parts_read = true where id = :id")
                .bind("id", campaign)
                .execute());
    }

    /** The figures that are known of a campaign. */
    Map<Figure, Count> counts(long campaign) {
        return database.query(handle -> {
            Map<Figure, Count> counts = new EnumMap<>(Figure.class);
            handle.createQuery("select * from campaign_count where campaign_id = :campaign")
                    .bind("campaign", campaign)
                    .map((row, context) -> {
                        Count count = new Count(
                                Optional.ofNullable(Columns.number(row, "counted")),
                                Columns.optionalInstant(row, "counted_at"),
                                Optional.ofNullable(Columns.number(row, "read_count")),
                                Optional.ofNullable(Columns.number(row, "read_people")),
                                Optional.ofNullable(Columns.number(row, "read_phase"))
                                        .map(Long::intValue),
                                Columns.optionalInstant(row, "read_at"));
                        return Figure.of(row.getString("figure")).map(figure -> counts.put(figure, count));
                    })
                    .list();
            return counts;
        });
    }

    /** Stores what a report says; a number that it does not give leaves the one that was known. */
    void counted(long campaign, Map<Figure, OptionalLong> report, Instant now) {
        database.change(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into campaign_count (campaign_id, figure, counted, counted_at) values (:campaign, :figure, :counted, :now)
                    on conflict (campaign_id, figure) do update
                    set counted = excluded.counted, counted_at = excluded.counted_at
                    """);
            int rows = 0;
            for (Map.Entry<Figure, OptionalLong> figure : report.entrySet()) {
                if (figure.getValue().isPresent()) {
                    rows++;
                    batch.bind("campaign", campaign)
                            .bind("figure", figure.getKey().word())
                            .bind("counted", figure.getValue().getAsLong())
                            .bind("now", now)
                            .add();
                }
            }
            if (rows > 0) {
                batch.execute();
            }
        });
    }

    /**
     * The people of a figure were read to the end.
     *
     * @param count the number of the report; empty where it gave none
     * @param people how many were listed
     */
    void read(long campaign, Figure figure, OptionalLong count, long people, int phase, Instant now) {
        database.change(handle -> handle.createUpdate("""
                        insert into campaign_count (campaign_id, figure, read_count, read_people, read_phase, read_at)
                        values (:campaign, :figure, :count, :people, :phase, :now)
                        on conflict (campaign_id, figure) do update
                        set read_count = excluded.read_count, read_people = excluded.read_people,
                            read_phase = excluded.read_phase, read_at = excluded.read_at
                        """)
                .bind("campaign", campaign)
                .bind("figure", figure.word())
                .bindByType("count", count.isPresent() ? count.getAsLong() : null, Long.class)
                .bind("people", people)
                .bind("phase", phase)
                .bind("now", now)
                .execute());
    }

    /** The people of a figure were not read to the end, so its number says nothing about them. */
    void unread(long campaign, Figure figure) {
        database.change(handle -> handle.createUpdate("""
                        update campaign_count set read_count = null where campaign_id = :campaign and figure = :figure
                        """)
                .bind("campaign", campaign)
                .bind("figure", figure.word())
                .execute());
    }

    /**
     * A campaign was looked at.
     *
     * @param looked when its report was read; null if it could not be
     * @param due when it is looked at next; null for no more
     */
    void looked(long campaign, Instant looked, Instant due) {
        database.change(handle -> handle.createUpdate("""
                        update watched_campaign set looked_at = coalesce(:looked, looked_at), due_at = :due where id = :id
                        """)
                .bindByType("looked", looked, Instant.class)
                .bindByType("due", due, Instant.class)
                .bind("id", campaign)
                .execute());
    }
}
