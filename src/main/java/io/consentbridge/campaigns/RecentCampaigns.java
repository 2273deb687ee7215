package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.PageWatch;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists campaigns, through {@code direct:recent-campaigns} (docs/zoho-notes.md, "Campaigns: listing campaigns"). */
public final class RecentCampaigns {

    /** The most campaigns that a page is asked for. */
    public static final int PAGE_SIZE = PageFetch.SIZE;

    private static final int MOST_PAGES = 1000;
    private static final int MOST_REPEATS = 3;

    private final ZohoSeams seams;

    public RecentCampaigns(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * What was listed.
     *
     * @param campaigns each once, in Zoho's order
     * @param complete whether Zoho was asked until it had no more: only then a campaign that is missing is not there
     * @param calls how many pages were read
     */
    public record Listing(List<ListedCampaign> campaigns, boolean complete, int calls) {

        public Listing {
            campaigns = List.copyOf(campaigns);
        }
    }

    /**
     * All campaigns with one of these states; none if there are none.
     *
     * @param runId the run for which the calls are counted; null for none
     * @param states {@link CampaignStatus#UNKNOWN} cannot be asked for; no states mean all campaigns
     * @throws ZohoFault if not all could be read
     */
    public List<ListedCampaign> read(Connection connection, String runId, Set<CampaignStatus> states) {
        return read(connection, runId, states, page -> false).campaigns();
    }

    /**
     * Like {@link #read(Connection, String, Set)}, but ends after a page that has fewer rows than it was asked for, if the
     * caller says that it is enough. A short page alone proves nothing, because Zoho may give fewer rows than it is asked for.
     *
     * @param enough whether what was read until now is all
     */
    public Listing read(
            Connection connection, String runId, Set<CampaignStatus> states, Predicate<List<ListedCampaign>> enough) {
        PageWatch watch =
                new PageWatch(connection.name() + ": Zoho Campaigns gives the campaigns", MOST_PAGES, MOST_REPEATS);
        Map<String, ListedCampaign> read = new LinkedHashMap<>();
        long from = 1;
        for (int calls = 1; ; calls++) {
            List<ListedCampaign> page = page(connection, runId, states, from);
            page.forEach(campaign -> read.put(campaign.key(), campaign));
            if (page.isEmpty()) {
                return new Listing(List.copyOf(read.values()), true, calls);
            }
            watch.next(page.stream().map(ListedCampaign::key).toList());
            from += page.size();
            List<ListedCampaign> all = new ArrayList<>(read.values());
            if (page.size() < PAGE_SIZE && enough.test(all)) {
                return new Listing(all, false, calls);
            }
        }
    }

    private List<ListedCampaign> page(Connection connection, String runId, Set<CampaignStatus> states, long from) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("sort", "desc");
        parameters.put("fromindex", String.valueOf(from));
        parameters.put("range", String.valueOf(PAGE_SIZE));
        parameters.put("status", words(states));
        CampaignsCall call = CampaignsCall.read(runId, "recentcampaigns", parameters);
        return seams.ask("recent-campaigns", connection, call, CampaignsReply.class).rows("recent_campaigns").stream()
                .map(ListedCampaign::of)
                .toList();
    }

    private static String words(Set<CampaignStatus> states) {
        String words = states.stream()
                .filter(status -> status != CampaignStatus.UNKNOWN)
                .sorted()
                .map(CampaignStatus::word)
                .collect(Collectors.joining("|"));
        return words.isEmpty() ? "all" : words;
    }
}
