package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the recipients of a campaign by what they did, through {@code direct:campaign-recipients} (docs/zoho-notes.md,
 * "Campaigns: recipients"). Pages that are short, repeat once or shift are tolerated; the same page again and again is a fault.
 */
public final class CampaignRecipients {

    private static final String SUBJECT = "Zoho Campaigns gives the recipients of a campaign";

    private final ZohoSeams seams;
    private final CampaignReports reports;

    public CampaignRecipients(ZohoSeams seams) {
        this.seams = seams;
        this.reports = new CampaignReports(seams);
    }

    /**
     * The recipients in pages of at most 500, each read when it is needed; no page is empty. The order is not documented. A
     * failure is remembered and thrown again.
     *
     * @param runId the run for which the calls are counted; null for none
     * @param key the key of the campaign
     */
    public Iterator<List<Recipient>> scan(Connection connection, String runId, String key, RecipientAction action) {
        return new ScannedPages<>(
                subject(connection),
                fetch(connection, runId, key, action, () -> counted(connection, runId, key, action)),
                CampaignRecipients::identity);
    }

    /**
     * Gives all recipients to the reader, in pages of at most 500, some of them twice if rows moved meanwhile.
     *
     * @param counted how many the report of the campaign counts; empty where it does not say
     * @param called is told of each call before it is made, retries aside
     * @return how many were read to the end
     * @throws ZohoFault if not all could be read; the reader may have got some of them
     */
    public long readWhole(
            Connection connection,
            String runId,
            String key,
            RecipientAction action,
            OptionalLong counted,
            Runnable called,
            Consumer<List<Recipient>> reader) {
        PageFetch<Recipient> fetch = fetch(
                connection,
                runId,
                key,
                action,
                () -> counted.orElseGet(() -> {
                    called.run();
                    return counted(connection, runId, key, action);
                }));
        PageFetch<Recipient> told = (from, range) -> {
            called.run();
            return fetch.page(from, range);
        };
        return new SteadyPages<>(subject(connection), told, CampaignRecipients::identity, reader, counted).read();
    }

    /** A campaign that was sent again lists the people who got it twice in two rows. */
    private static List<Object> identity(Recipient recipient) {
        return List.of(recipient.person(), recipient.sent());
    }

    private static String subject(Connection connection) {
        return connection.name() + ": " + SUBJECT;
    }

    /** Nobody is believed only if the report counts nobody: an empty page may also be a page that was lost. */
    private PageFetch<Recipient> fetch(
            Connection connection, String runId, String key, RecipientAction action, LongSupplier counted) {
        return (from, range) -> {
            CampaignsReply reply = ask(connection, runId, key, action, from, range);
            List<Recipient> people = reply.rows("list_of_details").stream()
                    .map(row -> Recipient.of(action, row, connection.zone()))
                    .toList();
            if (from == 1 && people.isEmpty() && counted.getAsLong() > 0) {
                throw new ZohoFault.PageLost(connection.name() + ": Zoho Campaigns lists no recipients of a campaign ("
                        + action.word() + ") although its report counts some");
            }
            return people;
        };
    }

    private CampaignsReply ask(
            Connection connection, String runId, String key, RecipientAction action, long from, int range) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("campaignkey", key);
        parameters.put("action", action.word());
        if (action == RecipientAction.OPENED) {
            parameters.put("type", "open_timeline");
        } else if (action == RecipientAction.CLICKED) {
            parameters.put("type", "click_timeline");
        }
        parameters.put("fromindex", String.valueOf(from));
        parameters.put("range", String.valueOf(range));
        CampaignsCall call = CampaignsCall.read(runId, "getcampaignrecipientsdata", parameters);
        return seams.ask("campaign-recipients", connection, call, CampaignsReply.class);
    }

    private long counted(Connection connection, String runId, String key, RecipientAction action) {
        return reports.of(connection, runId, key)
                .map(report -> report.of(action))
                .orElse(OptionalLong.empty())
                .orElse(0);
    }
}
