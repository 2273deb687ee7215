package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes, copies and sends campaigns, through {@code direct:create-campaign}, {@code direct:clone-campaign} and {@code
 * direct:send-campaign}; one call each (docs/zoho-notes.md, "Campaigns: creating and cloning campaigns" and "Campaigns:
 * sending"). No call is repeated here or below: Zoho has no key by which it would recognise a repetition.
 *
 * <p>Each method throws a {@link ZohoFault} only if nothing can have happened: a quota that is used up, a refused credential,
 * no connection. Whatever else goes wrong once the call has left is {@link CampaignWritten.Unknown}.
 */
public final class CampaignWrites {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("h", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("mm", Locale.ROOT);
    private static final DateTimeFormatter HALF = DateTimeFormatter.ofPattern("a", Locale.ENGLISH);

    private final ZohoSeams seams;
    private final CampaignPermits permits;

    public CampaignWrites(ZohoSeams seams, CampaignPermits permits) {
        this.seams = seams;
        this.permits = permits;
    }

    /**
     * A campaign to be made.
     *
     * @param sender a verified address
     * @param senderName empty for none
     * @param contentUrl a public address from which Zoho imports the content, once; empty for a campaign without content
     * @param lists keys of lists, at least one
     * @param topicId empty in an organisation without topics
     */
    public record NewCampaign(
            String name,
            String subject,
            String sender,
            Optional<String> senderName,
            Optional<String> contentUrl,
            List<String> lists,
            Optional<String> topicId) {

        public NewCampaign {
            lists = List.copyOf(lists);
            if (lists.isEmpty()) {
                throw new IllegalArgumentException("a campaign needs a list");
            }
        }
    }

    /**
     * A copy to be made of a campaign.
     *
     * @param original the key of the campaign that is copied
     * @param sender a verified address; empty for that of the original
     * @param senderName empty for that of the original
     */
    public record CopiedCampaign(
            String original, String name, String subject, Optional<String> sender, Optional<String> senderName) {}

    /**
     * When Zoho is to send.
     *
     * @param at local time in the zone; Zoho takes minutes in steps of five
     * @param recipientsZone whether each recipient gets it at that time of their own zone
     */
    public record SendTime(LocalDateTime at, ZoneId zone, boolean recipientsZone) {}

    /**
     * Makes a campaign, as a draft.
     *
     * @param runId the run for which the call is counted; null for none
     */
    public CampaignWritten create(Connection connection, String runId, NewCampaign campaign) {
        Map<String, String> parameters = form();
        parameters.put("campaignname", campaign.name());
        parameters.put("subject", campaign.subject());
        parameters.put("from_email", campaign.sender());
        campaign.senderName().ifPresent(name -> parameters.put("from_name", name));
        campaign.contentUrl().ifPresent(url -> parameters.put("content_url", url));
        campaign.topicId().ifPresent(topic -> parameters.put("topicId", topic));
        Map<String, Object> lists = new LinkedHashMap<>();
        campaign.lists().forEach(list -> lists.put(list, List.of()));
        return write(connection, runId, "create-campaign", CampaignPermits.CREATE, parameters, lists, Optional.empty());
    }

    /**
     * Makes a copy of a campaign, as a draft. Zoho does not tell its key.
     *
     * @param runId the run for which the call is counted; null for none
     */
    public CampaignWritten clone(Connection connection, String runId, CopiedCampaign copy) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("campaignname", copy.name());
        info.put("subject", copy.subject());
        info.put("oldcampaignkey", copy.original());
        copy.senderName().ifPresent(name -> info.put("from_name", name));
        copy.sender().ifPresent(address -> info.put("from_add", address));
        return write(connection, runId, "clone-campaign", CampaignPermits.CLONE, form(), info, Optional.empty());
    }

    /**
     * Sends a campaign.
     *
     * @param runId the run for which the call is counted; null for none
     * @param key the key of the campaign
     * @param time when Zoho is to send it; empty for now
     */
    public CampaignWritten send(Connection connection, String runId, String key, Optional<SendTime> time) {
        Map<String, String> parameters = form();
        parameters.put("campaignkey", key);
        time.ifPresent(later -> {
            parameters.put("isschedule", "true");
            parameters.put("scheduledate", DATE.format(later.at()));
            parameters.put("schedulehour", HOUR.format(later.at()));
            parameters.put("scheduleminute", MINUTE.format(later.at()));
            parameters.put("am_pm", HALF.format(later.at()).toLowerCase(Locale.ROOT));
            parameters.put("istimewarp", String.valueOf(later.recipientsZone()));
            parameters.put("sendingTZ", later.zone().getId());
        });
        return write(connection, runId, "send-campaign", CampaignPermits.SEND, parameters, Map.of(), Optional.of(key));
    }

    private static Map<String, String> form() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        return parameters;
    }

    private CampaignWritten write(
            Connection connection,
            String runId,
            String seam,
            String method,
            Map<String, String> parameters,
            Map<String, Object> details,
            Optional<String> key) {
        CampaignsCall call = permits.give(connection, runId, method, parameters, details);
        try {
            CampaignsReply reply = seams.ask(seam, connection, call, CampaignsReply.class);
            return read(connection, method, reply, key);
        } catch (ZohoFault.Throttled | ZohoFault.Credential nothingDone) {
            throw nothingDone;
        } catch (ZohoFault.Rejected refused) {
            if (refused.unscoped().isPresent()) {
                throw refused;
            }
            return new CampaignWritten.Refused(
                    refused.code(), CampaignRefusal.of(method, refused.code()), refused.getMessage());
        } catch (RuntimeException lost) {
            if (!CampaignPermits.left(call)) {
                throw lost;
            }
            return new CampaignWritten.Unknown(
                    lost instanceof ZohoFault ? lost.getMessage() : unread(connection, method));
        } finally {
            permits.withdraw(call);
        }
    }

    private static CampaignWritten read(
            Connection connection, String method, CampaignsReply reply, Optional<String> key) {
        JsonValue whole = reply.value();
        JsonValue frame = whole.path("response").isObject() ? whole.path("response") : whole;
        if (!Envelope.isSuccess(frame.path("code").text())) {
            return new CampaignWritten.Unknown(unread(connection, method));
        }
        JsonValue details = frame.path("campaign-details").path(0);
        Optional<String> said = Stream.of("campaignKey", "campaign_key", "campaignkey")
                .flatMap(field -> Stream.of(SaidTimes.text(frame, field), SaidTimes.text(details, field)))
                .filter(text -> !text.isEmpty())
                .findFirst();
        String status = Stream.of(frame, details)
                .map(one -> SaidTimes.text(one, "campaign_status"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new CampaignWritten.Done(said.or(() -> key), CampaignStatus.of(status));
    }

    private static String unread(Connection connection, String method) {
        return connection.name() + ": what Zoho Campaigns answered to " + method
                + " does not say whether it was done. Look at the campaign in Zoho Campaigns";
    }
}
