package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns, their reports, details and recipients, as Zoho gives them. */
class CampaignsReadTest extends CampaignsFixture {

    private static final String SENT =
            "{\"campaign_key\":\"3z1\",\"campaign_name\":\"Spring\",\"campaign_status\":\"Sent\","
                    + "\"campaigntype\":\"Normal\",\"subject\":\"Spring is here\",\"from_email\":\"news@example.com\","
                    + "\"sent_time\":\"1790000000000\",\"created_time\":\"null\"}";

    private static void campaigns(String from, String rows) {
        standIn.zoho.stubFor(asked("recentcampaigns", from)
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"recent_campaigns\":[" + rows + "]}")));
    }

    private static MappingBuilder asked(String method, String from) {
        return get(urlPathEqualTo("/api/v1.1/" + method)).withQueryParam("fromindex", equalTo(from));
    }

    private static void report(String fields) {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/campaignreports"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"campaign-reports\":[{" + fields + "}]}")));
    }

    private static String row(String address) {
        return "{\"contactid\":\"1\",\"contactemailaddress\":\"" + address + "\",\"sent_time\":\"1790000000000\"}";
    }

    @Test
    @DisplayName("Campaigns are listed page by page until a page is empty, with their state and times")
    void lists() {
        campaigns("1", SENT);
        campaigns("2", SENT.replace("3z1", "3z2").replace("\"Sent\"", "\"In Progress\""));
        standIn.zoho.stubFor(asked("recentcampaigns", "3").willReturn(error("6101")));

        List<ListedCampaign> all = new RecentCampaigns(standIn.seams)
                .read(standIn.connection, RUN, EnumSet.of(CampaignStatus.SENT, CampaignStatus.IN_PROGRESS));

        assertThat(all).hasSize(2);
        assertThat(all.get(0))
                .isEqualTo(new ListedCampaign(
                        "3z1",
                        "Spring",
                        CampaignStatus.SENT,
                        "Normal",
                        "Spring is here",
                        "news@example.com",
                        Optional.of(Instant.ofEpochMilli(1_790_000_000_000L)),
                        Optional.empty()));
        assertThat(all.get(1).status()).isEqualTo(CampaignStatus.IN_PROGRESS);
        standIn.zoho.verify(getRequestedFor(urlPathEqualTo("/api/v1.1/recentcampaigns"))
                .withQueryParam("status", equalTo("inprogress|sent"))
                .withQueryParam("fromindex", equalTo("1"))
                .withQueryParam("range", equalTo("500")));
    }

    @Test
    @DisplayName("A short page ends the listing only where the caller knows that it is all")
    void enough() {
        campaigns("1", SENT);
        campaigns("2", SENT.replace("3z1", "3z2"));
        campaigns("3", "");
        RecentCampaigns recent = new RecentCampaigns(standIn.seams);

        var known = recent.read(standIn.connection, RUN, Set.of(), all -> all.size() == 1);
        assertThat(known.campaigns()).hasSize(1);
        assertThat(known.complete()).isFalse();
        assertThat(known.calls()).isEqualTo(1);

        var whole = recent.read(standIn.connection, RUN, Set.of(), all -> false);
        assertThat(whole.campaigns()).hasSize(2);
        assertThat(whole.complete()).isTrue();
        assertThat(whole.calls()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "Draft, DRAFT",
        "drafts, DRAFT",
        "To be reviewed, TO_BE_REVIEWED",
        "ScheduledAfterReviewed, SCHEDULED",
        "In Progress, IN_PROGRESS",
        "SENT, SENT",
        "Cancelled, CANCELED",
        "Canceled, CANCELED",
        "Stopped, STOPPED",
        "Paused, PAUSED",
        "In Testing, IN_TESTING",
        "Sent to the moon, UNKNOWN",
        "Not sent, UNKNOWN",
        "'', UNKNOWN"
    })
    @DisplayName("A state is read leniently, and a word that is not known never counts as sent")
    void states(String word, CampaignStatus status) {
        assertThat(CampaignStatus.of(word)).isEqualTo(status);
    }

    @Test
    @DisplayName("A count that is absent or no number is not zero")
    void counts() {
        report(
                "\"emails_sent_count\":\"120\",\"delivered_count\":118,\"hardbounce_count\":\"1,234,567\",\"opens_count\":\"null\",\"unsub_count\":\"-1\","
                        + "\"unique_clicks_count\":\"0\"");

        CampaignReport report = new CampaignReports(standIn.seams)
                .of(standIn.connection, RUN, "3z1")
                .orElseThrow();

        assertThat(report.sent()).hasValue(120);
        assertThat(report.delivered()).hasValue(118);
        assertThat(report.clicked()).hasValue(0);
        assertThat(report.hardBounces()).hasValue(1_234_567);
        assertThat(report.opened()).isEmpty();
        assertThat(report.unsubscribed()).isEmpty();
        assertThat(report.complaints()).isEmpty();
        assertThat(report.of(RecipientAction.CLICKED)).hasValue(0);
    }

    @Test
    @DisplayName(
            "A campaign that is gone or not sent has no report, which is no failure; a reply without counts is one")
    void noReport() {
        CampaignReports reports = new CampaignReports(standIn.seams);
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/campaignreports")).willReturn(error("6001")));
        assertThat(reports.of(standIn.connection, RUN, "3z1")).isEmpty();

        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/campaignreports"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\"}")));
        assertThatThrownBy(() -> reports.of(standIn.connection, RUN, "3z1")).isInstanceOf(ZohoFault.Transient.class);
    }

    @Test
    @DisplayName(
            "Recipients are read with their times, which are texts in the zone of the organisation or milliseconds")
    void recipients() {
        page(
                "getcampaignrecipientsdata",
                "1",
                "{\"contactemailaddress\":\"A@example.com\",\"reports\":["
                        + "{\"time\":\"Feb 12, 2026 12:08 PM\"},{\"time\":\"Feb 12, 2026 11:08 AM\"},{\"time\":\"soon\"}]},"
                        + row("b@example.com"));
        page("getcampaignrecipientsdata", "3", "");
        Iterator<List<Recipient>> pages =
                new CampaignRecipients(standIn.seams).scan(standIn.connection, RUN, "3z1", RecipientAction.CLICKED);

        List<Recipient> people = pages.next();
        assertThat(pages.hasNext()).isFalse();
        assertThat(people)
                .extracting(each -> each.person().address())
                .containsExactly("a@example.com", "b@example.com");
        assertThat(people.get(0).at()).contains(Instant.parse("2026-02-12T10:08:00Z"));
        assertThat(people.get(0).times()).hasSize(2);
        assertThat(people.get(1).at()).isEmpty();
        assertThat(people.get(1).sent()).contains(Instant.ofEpochMilli(1_790_000_000_000L));
        assertThat(people.toString()).doesNotContain("example.com");
        standIn.zoho.verify(getRequestedFor(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata"))
                .withQueryParam("action", equalTo("clickedcontacts"))
                .withQueryParam("type", equalTo("click_timeline"))
                .withQueryParam("fromindex", equalTo("1"))
                .withQueryParam("range", equalTo("500")));
    }

    @Test
    @DisplayName("Nobody is read as nobody only if the report counts nobody too")
    void nobody() {
        CampaignRecipients recipients = new CampaignRecipients(standIn.seams);
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata")).willReturn(error("6303")));
        report("\"unsub_count\":\"2\",\"spams_count\":\"0\"");

        assertThatThrownBy(recipients.scan(standIn.connection, RUN, "3z1", RecipientAction.OPTED_OUT)::hasNext)
                .isInstanceOf(ZohoFault.PageLost.class)
                .hasMessageContaining("counts some");
        assertThat(recipients
                        .scan(standIn.connection, RUN, "3z1", RecipientAction.SPAM)
                        .hasNext())
                .isFalse();
        assertThat(recipients.readWhole(
                        standIn.connection, RUN, "3z1", RecipientAction.SPAM, OptionalLong.of(0), () -> {}, page -> {}))
                .isZero();
    }

    @Test
    @DisplayName("As many recipients as the report counts cost one call")
    void oneCall() {
        page("getcampaignrecipientsdata", "1", row("a@example.com") + "," + row("b@example.com"));
        List<Recipient> read = new ArrayList<>();

        long all = new CampaignRecipients(standIn.seams)
                .readWhole(
                        standIn.connection,
                        RUN,
                        "3z1",
                        RecipientAction.SENT,
                        OptionalLong.of(2),
                        () -> {},
                        read::addAll);

        assertThat(all).isEqualTo(2);
        assertThat(read).hasSize(2);
        assertThat(read.get(0).at()).isPresent();
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata")));
    }

    @Test
    @DisplayName("The same page of recipients again and again is a fault, not an endless loop")
    void repeated() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[" + row("a@example.com")
                        + "," + row("b@example.com") + "]}")));
        CampaignRecipients recipients = new CampaignRecipients(standIn.seams);

        assertThatThrownBy(() -> recipients
                        .scan(standIn.connection, RUN, "3z1", RecipientAction.SENT)
                        .forEachRemaining(page -> {}))
                .isInstanceOf(ZohoFault.PageLost.class);
        assertThatThrownBy(() -> recipients.readWhole(
                        standIn.connection, RUN, "3z1", RecipientAction.SENT, OptionalLong.of(7), () -> {}, page -> {}))
                .isInstanceOf(ZohoFault.PageLost.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"{\"code\":\"0\"}", "{\"code\":\"0\",\"list_of_details\":[{\"contactemailaddress\":\"null\"}]}"})
    @DisplayName("A reply without its rows, or with rows without a person, never counts as nobody")
    void withoutRows(String reply) {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata")).willReturn(okJson(reply)));

        assertThatThrownBy(new CampaignRecipients(standIn.seams)
                        .scan(standIn.connection, RUN, "3z1", RecipientAction.SPAM)::hasNext)
                .isInstanceOf(ZohoFault.Transient.class);
    }

    @Test
    @DisplayName("Recipients of a campaign that is gone or not sent are refused, with what to do")
    void notSent() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getcampaignrecipientsdata")).willReturn(error("6002")));

        assertThatThrownBy(new CampaignRecipients(standIn.seams)
                        .scan(standIn.connection, RUN, "3z1", RecipientAction.SPAM)::hasNext)
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("not sent yet");
    }

    @Test
    @DisplayName("Details have the lists, the topic, and the variants of a test")
    void details() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getcampaigndetails"))
                        .willReturn(
                                okJson(
                                        "{\"status\":\"success\",\"code\":\"0\",\"campaign-details\":[{"
                                                + "\"campaign_name\":\"Spring\",\"email_subject\":\"S\",\"sender_name\":\"Example GmbH\","
                                                + "\"email_from\":\"news@example.com\",\"topic_id\":\"7\",\"topic_name\":\"null\","
                                                + "\"campaign_status\":\"Draft\"}],"
                                                + "\"associated_mailing_lists\":[{\"listkey\":\"3zl\",\"listname\":\"News\"}],"
                                                + "\"AB-split-details\":[{\"a_child_campaignkey\":\"3za\",\"b_child_campaignkey\":\"3zb\"}]}")));
        CampaignDetails details = new CampaignDetails(standIn.seams);

        DetailedCampaign campaign =
                details.ofTest(standIn.connection, RUN, "3z1").orElseThrow();

        assertThat(campaign.lists()).containsExactly(new DetailedCampaign.AssociatedList("3zl", "News"));
        assertThat(campaign.children()).containsExactly("3za", "3zb");
        assertThat(campaign.topicId()).isEqualTo("7");
        assertThat(campaign.topic()).isEmpty();
        assertThat(campaign.status()).isEqualTo(CampaignStatus.DRAFT);
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getcampaigndetails")).willReturn(error("6302")));
        assertThat(details.of(standIn.connection, RUN, "3z1")).isEmpty();
    }
}
