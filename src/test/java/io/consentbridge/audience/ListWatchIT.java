package io.consentbridge.audience;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.store.Database;
import io.consentbridge.store.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a list is, where Campaigns changes while its lists are read. */
class ListWatchIT {

    private static final String LISTS = "/api/v1.1/getmailinglists";

    private final ZohoStandIn standIn = new ZohoStandIn();
    private final Database database = TestDatabase.usual().open();
    private final MailingLists lists = new MailingLists(database);
    private final CampaignsLists campaigns = new CampaignsLists(standIn.seams);
    private final ListWatch watch = new ListWatch(
            campaigns,
            new ListMembers(standIn.seams),
            lists,
            new HeldLists(database, Clock.systemUTC(), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            Clock.systemUTC());

    @BeforeEach
    void fresh() {
        standIn.fresh();
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/listsubscriberscount"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"no_of_contacts\":\"1\"}")));
    }

    @AfterEach
    void close() {
        database.close();
        standIn.close();
    }

    @Test
    @DisplayName("A list that is created after the directory of lists was read is looked up once more and found")
    void madeMeanwhile() {
        ListDirectory before = directoryOfNone();
        shows("{\"listkey\":\"3z1\",\"listname\":\"News\"}");

        assertThat(watch.identify(standIn.connection, RUN, known(), before))
                .isEqualTo(new ListIdentity.Found("3z1", Optional.empty()));
    }

    @Test
    @DisplayName("A list that answers and is missing from the directory counts as hidden after two look-ups")
    void hidden() {
        ListDirectory before = directoryOfNone();
        standIn.zoho.resetRequests();

        assertThat(watch.identify(standIn.connection, RUN, known(), before)).isInstanceOf(ListIdentity.Mismatch.class);
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo(LISTS)));
    }

    private MailingList known() {
        long id = lists.remember(standIn.connection.name(), "News", Optional.empty())
                .id();
        lists.found(id, "3z1");
        return lists.find(id).orElseThrow();
    }

    private ListDirectory directoryOfNone() {
        standIn.zoho.stubFor(get(urlPathEqualTo(LISTS))
                .willReturn(okJson("{\"status\":\"error\",\"code\":\"2401\",\"message\":\"No lists\"}")));
        ListDirectory directory = campaigns.directory(standIn.connection, RUN);
        assertThat(directory.names()).isEmpty();
        return directory;
    }

    private void shows(String list) {
        standIn.zoho.stubFor(get(urlPathEqualTo(LISTS))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[" + list + "]}")));
    }
}
