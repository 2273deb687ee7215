package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.zoho.ZohoFault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailing lists and their members. */
class CampaignsListsTest extends CampaignsFixture {

    @Test
    @DisplayName("A list is found by name on the second page, with its sign-up form")
    void findsList() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"listkey\":\"k").append(i).append("\",\"listname\":\"n\"}");
        }
        page("getmailinglists", "1", rows.toString());
        page("getmailinglists", "101", "{\"listkey\":\"3z9\",\"listname\":\"Product News\",\"is_public\":\"true\"}");
        page("getmailinglists", "102", "");
        CampaignsLists lists = new CampaignsLists(standIn.seams);

        assertThat(lists.find(standIn.connection, RUN, "Product News"))
                .hasValueSatisfying(list -> assertThat(list.key()).isEqualTo("3z9"));
        assertThat(lists.find(standIn.connection, RUN, "Other")).isEmpty();
        assertThat(standIn.quota.asked).containsOnly("main getmailinglists").hasSize(5);
    }

    @Test
    @DisplayName("All lists are read where Campaigns returns 50 at once although 100 were requested")
    void shortPages() {
        page("getmailinglists", "1", lists(1, 50));
        page("getmailinglists", "51", lists(51, 61));
        page("getmailinglists", "62", "");
        CampaignsLists lists = new CampaignsLists(standIn.seams);
        List<String> keys = new ArrayList<>();

        lists.all(standIn.connection, RUN).forEachRemaining(list -> keys.add(list.key()));

        assertThat(keys)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 61).mapToObj(i -> "k" + i).toList());
    }

    private static String lists(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "{\"listkey\":\"k" + i + "\",\"listname\":\"L" + i + "\"}")
                .collect(Collectors.joining(","));
    }

    @Test
    @DisplayName("An organisation without lists has zero lists, and that is not a fault")
    void noLists() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getmailinglists")).willReturn(error("2401")));

        assertThat(new CampaignsLists(standIn.seams).find(standIn.connection, null, "x"))
                .isEmpty();
    }

    @Test
    @DisplayName("A list is created with its first member; a list whose name is in use does not count as new")
    void createsList() {
        answer("/api/v1.1/addlistandcontacts", okJson("{\"status\":\"success\",\"code\":\"0\",\"listkey\":\"3z5\"}"));
        CampaignsLists lists = new CampaignsLists(standIn.seams);
        var form = io.consentbridge.consent.SignupForm.PRIVATE;

        assertThat(lists.create(standIn.connection, RUN, "News", form, "a@b.c"))
                .map(MailingList::key)
                .contains("3z5");
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/addlistandcontacts"))
                .withFormParam("signupform", equalTo("private"))
                .withFormParam("mode", equalTo("newlist"))
                .withFormParam("emailids", equalTo("a@b.c")));

        answer("/api/v1.1/addlistandcontacts", error("2205"));
        assertThat(lists.create(standIn.connection, RUN, "News", form, "a@b.c")).isEmpty();
    }

    @Test
    @DisplayName("Members are read row by row until a page is empty")
    void scansMembers() {
        page("getlistsubscribers", "1", "{\"contact_email\":\"A@example.com\"},{\"contact_email\":\"b@example.com\"}");
        page("getlistsubscribers", "3", "{\"contact_email\":\"c@example.com\"},{\"contact_email\":\"d@example.com\"}");
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getlistsubscribers"))
                .withQueryParam("fromindex", equalTo("5"))
                .willReturn(error("2502")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/listsubscriberscount"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"no_of_contacts\":\"4\"}")));
        ListMembers members = new ListMembers(standIn.seams);

        var pages = members.scan(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED);

        assertThat(pages.next()).extracting("person.address").containsExactly("a@example.com", "b@example.com");
        assertThat(pages.next()).hasSize(2);
        assertThat(pages.hasNext()).isFalse();
        assertThat(members.count(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED))
                .isEqualTo(4);
    }

    @Test
    @DisplayName("B76: a success without rows is a fault of that list alone where the list counts members")
    void emptyThoughCounted() {
        page("getlistsubscribers", "1", "");
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/listsubscriberscount"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"no_of_contacts\":\"4\"}")));

        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED);

        assertThatThrownBy(pages::hasNext)
                .isInstanceOf(ZohoFault.PageLost.class)
                .hasMessageContainingAll("lists no members", "counts some");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"success\",\"code\":\"0\"}",
                "{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":null}",
                "{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[{\"email\":\"a@b.c\"}]}"
            })
    @DisplayName(
            "A reply without its rows, or with rows without a person, never counts as empty, for members and for lists")
    void withoutRows(String reply) {
        for (String method : List.of("getlistsubscribers", "getmailinglists")) {
            standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/" + method)).willReturn(okJson(reply)));
        }
        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED);
        CampaignsLists lists = new CampaignsLists(standIn.seams);

        assertThatThrownBy(pages::hasNext)
                .isInstanceOf(ZohoFault.Transient.class)
                .hasMessageContaining("list_of_details");
        assertThatThrownBy(() -> lists.find(standIn.connection, RUN, "News")).isInstanceOf(ZohoFault.Transient.class);
    }

    @Test
    @DisplayName("The same page of members again and again is a fault, not an endless loop")
    void repeatedPage() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getlistsubscribers"))
                        .willReturn(
                                okJson(
                                        "{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[{\"contact_email\":\"a@b.c\"}]}")));
        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.BOUNCED);

        assertThatThrownBy(() -> pages.forEachRemaining(page -> {})).isInstanceOf(ZohoFault.PageLost.class);
        assertThatThrownBy(pages::hasNext).isInstanceOf(ZohoFault.PageLost.class);
        standIn.zoho.verify(5, getRequestedFor(urlPathEqualTo("/api/v1.1/getlistsubscribers")));
    }

    @Test
    @DisplayName("A member who joins while the newest are read pushes another to the next page, which is no fault")
    void joinsMeanwhile() {
        page("getlistsubscribers", "1", "{\"contact_email\":\"a@b.c\"}");
        page("getlistsubscribers", "2", "{\"contact_email\":\"a@b.c\"}");
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getlistsubscribers"))
                .withQueryParam("fromindex", equalTo("3"))
                .willReturn(error("2502")));
        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.RECENT);

        pages.next();
        assertThat(pages.next()).extracting("person.address").containsExactly("a@b.c");
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    @DisplayName("Cycles of member pages are a fault after a few repeated pages")
    void circle() {
        for (int from = 1; from <= 12; from++) {
            page("getlistsubscribers", "" + from, "{\"contact_email\":\"" + "adg".charAt(from % 3) + "@b.c\"}");
        }
        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.BOUNCED);

        assertThatThrownBy(() -> pages.forEachRemaining(page -> {})).isInstanceOf(ZohoFault.PageLost.class);
        standIn.zoho.verify(7, getRequestedFor(urlPathEqualTo("/api/v1.1/getlistsubscribers")));
    }

    @Test
    @DisplayName("Repeated pages of lists or topics are a fault and never count as the complete result")
    void repeatedLists() {
        String lists = IntStream.range(0, 100)
                .mapToObj(i -> "{\"listkey\":\"k" + i + "\",\"listname\":\"L" + i + "\"}")
                .collect(Collectors.joining(","));
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getmailinglists"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[" + lists + "]}")));
        String topics = IntStream.range(0, 100)
                .mapToObj(i -> "{\"topicId\":\"k" + i + "\",\"topicName\":\"T" + i + "\"}")
                .collect(Collectors.joining(","));
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/topics"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"topicDetails\":[" + topics + "]}")));

        assertThatThrownBy(() -> new CampaignsLists(standIn.seams).find(standIn.connection, RUN, "x"))
                .isInstanceOf(ZohoFault.PageLost.class)
                .hasMessageStartingWith("main: Zoho Campaigns gives the mailing lists: the same page again");
        assertThatThrownBy(() -> new Topics(standIn.seams, standIn.clock).find(standIn.connection, RUN, List.of("x")))
                .isInstanceOf(ZohoFault.PageLost.class);
        standIn.zoho.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/getmailinglists")));
        standIn.zoho.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/topics")));
    }
}
