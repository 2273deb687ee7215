package io.consentbridge.results;

import io.consentbridge.campaigns.CampaignDetails;
import io.consentbridge.campaigns.CampaignRecipients;
import io.consentbridge.campaigns.CampaignReport;
import io.consentbridge.campaigns.CampaignReports;
import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.DetailedCampaign;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.reaction.Figure;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;

/** One look at campaigns, which counts what it does. Not safe for several threads. */
final class CampaignLook {

    /** What matters most is read first, so that a look that breaks off has read it. */
    private static final List<RecipientAction> ORDER = List.of(
            RecipientAction.OPTED_OUT,
            RecipientAction.SPAM,
            RecipientAction.HARD_BOUNCE,
            RecipientAction.SOFT_BOUNCE,
            RecipientAction.CLICKED,
            RecipientAction.UNSENT,
            RecipientAction.SENT,
            RecipientAction.OPENED);

    /** After so many outages in one look Zoho is left alone until the next one. */
    private static final int MOST_OUTAGES = 3;

    private static final Duration RETRY = Duration.ofHours(1);

    private final Connection connection;
    private final String runId;
    private final Set<RecipientAction> wanted;
    private final Instant now;
    private final WatchRows rows;
    private final Reactions reactions;
    private final CampaignReports reports;
    private final CampaignDetails details;
    private final CampaignRecipients recipients;

    private final List<Look.Difference> differences = new ArrayList<>();
    private final List<Look.Problem> problems = new ArrayList<>();
    private int listings;
    private int detailCalls;
    private int reportCalls;
    private int pages;
    private int campaigns;
    private long stored;
    private int outages;
    private boolean ended;

    CampaignLook(
            Connection connection,
            String runId,
            Set<RecipientAction> wanted,
            Instant now,
            WatchRows rows,
            Reactions reactions,
            CampaignReports reports,
            CampaignDetails details,
            CampaignRecipients recipients) {
        this.connection = connection;
        this.runId = runId;
        this.wanted = Set.copyOf(wanted);
        this.now = now;
        this.rows = rows;
        this.reactions = reactions;
        this.reports = reports;
        this.details = details;
        this.recipients = recipients;
    }

    Look result() {
        return new Look(listings, detailCalls, reportCalls, pages, campaigns, stored, differences, problems, !ended);
    }

    /** @param listing lists the campaigns, and says with how many calls */
    void list(IntSupplier listing) {
        try {
            listings += listing.getAsInt();
        } catch (ZohoFault fault) {
            failed("", fault);
        }
    }

    void at(List<WatchedCampaign> due) {
        for (WatchedCampaign campaign : due) {
            if (ended) {
                return;
            }
            at(campaign);
        }
    }

    /** What could not be read is read by the next look that is due, since its count is still another one. */
    private void at(WatchedCampaign campaign) {
        campaigns++;
        int before = problems.size();
        Instant looked = null;
        try {
            parts(campaign);
            reportCalls++;
            Optional<CampaignReport> report = reports.of(connection, runId, campaign.key());
            if (report.isPresent()) {
                report(campaign, report.get());
            } else {
                problems.add(new Look.Problem(
                        campaign.key(), "Zoho has no report of it: it is not sent, or no longer exists"));
            }
            looked = report.isPresent() ? now : null;
        } catch (ZohoFault fault) {
            failed(campaign.key(), fault);
        }
        rows.looked(
                campaign.id(), looked, due(campaign, problems.size() > before).orElse(null));
    }

    /** What Zoho did not let us finish is due as before; what could not be read is tried again within the hour. */
    private Optional<Instant> due(WatchedCampaign campaign, boolean troubled) {
        Optional<Instant> next = WatchSchedule.next(campaign.since(), now);
        if (ended) {
            return campaign.due().or(() -> next);
        }
        Instant soon = now.plus(RETRY);
        return next.map(at -> troubled && at.isAfter(soon) ? soon : at);
    }

    /** The variants of a test have reports and recipients of their own; that of the whole has those of the final send only. */
    private void parts(WatchedCampaign campaign) {
        if (!campaign.tests() || campaign.parent().isPresent() || rows.partsRead(campaign.id())) {
            return;
        }
        detailCalls++;
        List<String> children = details.ofTest(connection, runId, campaign.key())
                .map(DetailedCampaign::children)
                .orElse(List.of());
        rows.parts(campaign, children, now);
        if (!children.isEmpty() || campaign.status() == CampaignStatus.SENT) {
            rows.partsAreRead(campaign.id());
        }
    }

    private void report(WatchedCampaign campaign, CampaignReport report) {
        Map<Figure, WatchRows.Count> before = rows.counts(campaign.id());
        Map<Figure, OptionalLong> figures = ReactionWords.figures(report);
        rows.counted(campaign.id(), figures, now);
        int phase = WatchSchedule.phase(campaign.since(), now);
        for (RecipientAction action : ORDER) {
            if (wanted.contains(action) && !ended) {
                people(campaign, action, figures, before, phase);
            }
        }
    }

    private void people(
            WatchedCampaign campaign,
            RecipientAction action,
            Map<Figure, OptionalLong> figures,
            Map<Figure, WatchRows.Count> before,
            int phase) {
        OptionalLong counted = ReactionWords.figures(action).stream()
                .map(figures::get)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
        List<Figure> signs = ReactionWords.figures(action);
        boolean toRead = signs.stream().anyMatch(sign -> moved(figures.get(sign), before.get(sign)))
                || differed(figures.get(signs.get(0)), before.get(signs.get(0)), phase);
        if (counted.isPresent() && !toRead) {
            return;
        }
        boolean anybody = counted.isEmpty()
                || signs.stream().anyMatch(sign -> figures.get(sign).orElse(0) > 0 || listedBefore(before.get(sign)));
        try {
            // Nobody is counted, and nobody ever was.
            long listed = anybody ? read(campaign, action, counted) : 0;
            ReactionWords.figures(action)
                    .forEach(figure -> rows.read(campaign.id(), figure, figures.get(figure), listed, phase, now));
            if (counted.isPresent() && counted.getAsLong() != listed) {
                differences.add(new Look.Difference(campaign.key(), action, counted.getAsLong(), listed));
            }
        } catch (ZohoFault fault) {
            // The count may return to the number of the last reading, and the people would be others.
            signs.forEach(sign -> rows.unread(campaign.id(), sign));
            failed(campaign.key(), fault);
        }
    }

    private long read(WatchedCampaign campaign, RecipientAction action, OptionalLong counted) {
        return recipients.readWhole(
                connection,
                runId,
                campaign.key(),
                action,
                counted,
                () -> pages++,
                page -> stored += reactions.store(campaign.id(), action, page, now));
    }

    /** Whether a count is another one than that at which the people were last read to the end; null for what is not known. */
    private static boolean moved(OptionalLong count, WatchRows.Count before) {
        return count.isPresent()
                && (before == null
                        || before.readCount()
                                .filter(read -> read == count.getAsLong())
                                .isEmpty());
    }

    /** Where other people were listed than counted, they are read once more in each phase. */
    private static boolean differed(OptionalLong count, WatchRows.Count before, int phase) {
        return count.isPresent()
                && before != null
                && before.readPeople()
                        .filter(people -> people != count.getAsLong())
                        .isPresent()
                && before.readPhase().filter(known -> known < phase).isPresent();
    }

    private static boolean listedBefore(WatchRows.Count before) {
        return before != null && before.readPeople().orElse(0L) > 0;
    }

    private void failed(String campaign, ZohoFault fault) {
        problems.add(new Look.Problem(campaign, fault.getMessage()));
        if (fault instanceof ZohoFault.Transient) {
            outages++;
        }
        ended |= WatchedCampaigns.endsLook(fault) || outages >= MOST_OUTAGES;
    }
}
