package io.consentbridge.results;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.campaigns.CampaignDetails;
import io.consentbridge.campaigns.CampaignRecipients;
import io.consentbridge.campaigns.CampaignReports;
import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.ListedCampaign;
import io.consentbridge.campaigns.RecentCampaigns;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.store.Database;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at campaigns with as few calls as possible: one that lists them, one report for each campaign that is due, and the
 * recipients only where a count moved since they were last read to the end (docs/write-back.md, "How often Zoho is asked").
 *
 * <p>Safe for several threads and processes; two that look at once make calls twice, and store everything once.
 */
public final class WatchedCampaigns {

    /** Zoho is asked for new campaigns at most so often. */
    private static final Duration LISTING = Duration.ofMinutes(55);

    /** So long a listing that was not read to the end is believed, where nothing is to spare for its end. */
    private static final Duration BELIEVED = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    private final WatchRows rows;
    private final Reactions reactions;
    private final RecentCampaigns recent;
    private final CampaignReports reports;
    private final CampaignDetails details;
    private final CampaignRecipients recipients;
    private final InstantSource clock;

    /** @param erased people of whom nothing is stored */
    public WatchedCampaigns(
            Database database,
            RecentCampaigns recent,
            CampaignReports reports,
            CampaignDetails details,
            CampaignRecipients recipients,
            ErasedPeople erased,
            InstantSource clock) {
        this.rows = new WatchRows(database);
        this.reactions = new Reactions(database, erased);
        this.recent = recent;
        this.reports = reports;
        this.details = details;
        this.recipients = recipients;
        this.clock = clock;
    }

    /**
     * Looks at the campaigns of a connection that are due, and for new ones if Zoho was not asked within the hour. What cannot be
     * read is told in the answer, and read by a later look; what was read until then stays.
     *
     * @param runId the run for which the calls are counted; null for none
     * @param wanted whose people are read; {@link RecipientAction#UNOPENED} follows from the others and is never read
     */
    public Look look(Connection connection, String runId, Set<RecipientAction> wanted) {
        Instant now = clock.instant();
        CampaignLook look = start(connection, runId, wanted, now);
        if (isListingDue(connection, now)) {
            look.list(() -> list(connection, runId, now));
        }
        look.at(rows.due(connection.name(), now));
        return look.result();
    }

    /**
     * Looks at campaigns by their keys, whether they are due or not; those that are not watched yet are watched from now on.
     *
     * @param runId the run for which the calls are counted; null for none
     * @param wanted as for {@link #look}
     */
    public Look lookAt(Connection connection, String runId, Collection<String> keys, Set<RecipientAction> wanted) {
        Instant now = clock.instant();
        Set<String> all = new HashSet<>(keys);
        keys.forEach(key -> rows.named(connection.name(), key, "", now));
        CampaignLook look = start(connection, runId, wanted, now);
        look.at(rows.all(connection.name()).stream()
                .filter(campaign -> all.contains(campaign.key())
                        || campaign.parent().filter(all::contains).isPresent())
                .toList());
        return look.result();
    }

    /**
     * Watches campaigns as parts of another one, such as the messages of an autoresponder: no call of Zoho lists them. Without
     * effect if the other one is not watched.
     */
    public void watchParts(Connection connection, String parent, Collection<String> keys) {
        rows.all(connection.name()).stream()
                .filter(campaign -> campaign.key().equals(parent))
                .forEach(whole -> rows.parts(
                        whole,
                        keys.stream()
                                .filter(key -> !key.equals(parent))
                                .distinct()
                                .toList(),
                        clock.instant()));
    }

    private CampaignLook start(Connection connection, String runId, Set<RecipientAction> wanted, Instant now) {
        return new CampaignLook(connection, runId, wanted, now, rows, reactions, reports, details, recipients);
    }

    private boolean isListingDue(Connection connection, Instant now) {
        return rows.listed(connection.name())
                .filter(listed -> listed.at().plus(LISTING).isAfter(now))
                .isEmpty();
    }

    /**
     * Lists the campaigns. A page with fewer rows than asked for is believed to be the last one if it has exactly the campaigns
     * that are known, and the end was seen lately: asking for it would be one call more, each time. Once a day the end is asked for
     * when fewer campaigns are due than are watched.
     */
    private int list(Connection connection, String runId, Instant now) {
        Set<String> known = new HashSet<>(rows.keys(connection.name()));
        Optional<Duration> sinceEnd = rows.listed(connection.name())
                .flatMap(WatchRows.Listed::whole)
                .map(whole -> Duration.between(whole, now));
        Duration limit = hasSpareCall(connection, now) ? DAY : BELIEVED;
        boolean believes = sinceEnd.filter(age -> age.compareTo(limit) < 0).isPresent();
        RecentCampaigns.Listing listing =
                recent.read(connection, runId, CampaignStatus.mailed(), read -> believes && known.equals(keys(read)));
        rows.listed(connection.name(), listing.campaigns(), listing.complete(), now);
        return listing.calls();
    }

    private boolean hasSpareCall(Connection connection, Instant now) {
        return rows.all(connection.name()).stream()
                .anyMatch(campaign -> campaign.due().filter(now::isBefore).isPresent());
    }

    private static Set<String> keys(List<ListedCampaign> campaigns) {
        Set<String> keys = new HashSet<>();
        campaigns.forEach(campaign -> keys.add(campaign.key()));
        return keys;
    }

    /** Whether after this fault nothing else can be read either. */
    static boolean endsLook(ZohoFault fault) {
        return fault instanceof ZohoFault.Throttled
                || fault instanceof ZohoFault.Credential
                || fault instanceof ZohoFault.Stopped
                || fault instanceof ZohoFault.Rejected rejected
                        && rejected.unscoped().isPresent();
    }
}
