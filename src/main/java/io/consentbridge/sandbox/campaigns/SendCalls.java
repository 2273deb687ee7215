package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends and schedules campaigns (docs/zoho-notes.md, "Campaigns: sending"). */
final class SendCalls {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("3023", "An A/B campaign needs at least 4 recipients."),
            Map.entry("6302", "No details of the campaign."),
            Map.entry("6503", "The campaign is deleted."),
            Map.entry("6600", "The campaign is already sent."),
            Map.entry("6605", "The status of the campaign has changed."),
            Map.entry("6606", "No mailing lists are associated with the campaign."),
            Map.entry("6607", "The campaign has no content."),
            Map.entry("6608", "The recipients have changed after the review."),
            Map.entry("6609", "The content has changed after the review."),
            Map.entry("6611", "The campaign is not reviewed."));

    private final Mailings mailings;

    SendCalls(Mailings mailings) {
        this.mailings = mailings;
    }

    Envelope send(Request request) {
        String path = request.path();
        String key = request.param("campaignkey", "");
        if (key.isBlank()) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Mailing mailing = mailings.find(key).orElse(null);
        if (mailing == null) {
            return refused(path, "6302");
        }
        boolean later = "true".equalsIgnoreCase(request.param("isschedule"));
        Optional<Long> at = later ? time(request) : Optional.of(0L);
        if (at.isEmpty() || later && at.get() <= mailings.now()) {
            return Envelope.error(path, "1001", "Pattern not matched.");
        }
        boolean inTheirZones = later && "true".equalsIgnoreCase(either(request, "istimewarp", "isTimeWarp"));
        String refusal = mailings.send(mailing, at.get(), inTheirZones, true);
        if (refusal != null) {
            return refused(path, refusal);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("uri", path);
        body.put("code", "200");
        body.put("version", "1.1");
        if (later) {
            body.put("message", "Your campaign has been scheduled.");
            body.put("campaign_status", "ScheduledAfterReviewed");
            return new Envelope("200", body);
        }
        body.put("message", "Your campaign is being sent.");
        body.put("campaign_status", mailing.state() == MailingState.TO_BE_REVIEWED ? "tobereviewed" : "inprogress");
        return new Envelope("200", Map.of("response", body));
    }

    private static Envelope refused(String path, String code) {
        return Envelope.error(path, code, WORDS.getOrDefault(code, "The campaign cannot be sent."));
    }

    /** Reads the time under the names of the table of parameters or those of the sample; empty where it is none. */
    private static Optional<Long> time(Request request) {
        try {
            int hour = Integer.parseInt(either(request, "schedulehour", "scheduleHour"));
            int minute = Integer.parseInt(either(request, "scheduleminute", "scheduleMinute"));
            String half = either(request, "am_pm", "AM_PM").toLowerCase(Locale.ROOT);
            String zone = either(request, "sendingTZ", "sendingtz");
            if (hour < 1 || hour > 12 || minute < 0 || minute > 55 || !half.matches("am|pm")) {
                return Optional.empty();
            }
            return Optional.of(LocalDate.parse(either(request, "scheduledate", "scheduleDate"), DAY)
                    .atTime(hour % 12 + (half.equals("pm") ? 12 : 0), minute)
                    .atZone(zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone))
                    .toInstant()
                    .toEpochMilli());
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String either(Request request, String name, String other) {
        return request.param(name, request.param(other, ""));
    }
}
