package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.mailing.Content;
import io.consentbridge.mailing.Recipients;
import io.consentbridge.mailing.Recipients.ExistingMembers;
import io.consentbridge.mailing.SendTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file of a campaign says, and how its mistakes are told. */
class CampaignProblemsTest {

    private static final String SPRING = """
            name: spring
            purpose: news
            subject: Spring is here
            from: {name: Example, address: news@example.com}
            content: {clone: 3zabc}
            recipients: {sync: leads, existingMembers: exclude}
            """;

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
    }

    @Test
    @DisplayName(
            "A short file is a campaign with the defaults: on the sync's connection, sent on order, approved by one person")
    void defaults() {
        Campaign spring = campaign(SPRING);

        assertThat(spring.connection()).isEqualTo("main");
        assertThat(spring.content()).isEqualTo(new Content.Clone("3zabc"));
        assertThat(spring.send()).isEqualTo(new SendTime.Now());
        assertThat(spring.approvals()).isEqualTo(1);
        assertThat(spring.testByClone()).isFalse();
        assertThat(spring.crmCampaign()).isEmpty();
        assertThat(spring.children()).isEmpty();
        assertThat(spring.recipients())
                .isEqualTo(new Recipients(new Recipients.OfSyncs(List.of("leads")), ExistingMembers.EXCLUDE));
    }

    @Test
    @DisplayName("Every key is read")
    void everyKey() {
        Campaign spring = campaign("""
                name: spring
                connection: main
                purpose: letter
                subject: "  Spring is here "
                from: {name: Example, address: news@example.com}
                content: {url: "https://www.example.com/spring.html"}
                recipients:
                  module: Contacts
                  select: {scope: view, view: Prospects}
                  mapping: {Company: Account_Name}
                  existingMembers: include
                crmCampaign: {create: true, type: Email, memberStatus: Planned, description: Spring}
                send: {at: "2026-12-01T09:00", zone: Europe/Berlin, recipientsTimeZone: true}
                approval: {by: 2}
                test: {byClone: true}
                children: [3z1, 3z2]
                """);

        assertThat(spring.subject()).isEqualTo("Spring is here");
        assertThat(spring.crmCampaign().orElseThrow().memberStatus()).contains("Planned");
        assertThat(spring.send().isHandedOver()).isTrue();
        assertThat(((SendTime.At) spring.send()).due(ZoneId.of("UTC")))
                .isEqualTo(Instant.parse("2026-12-01T08:00:00Z"));
        assertThat(spring.approvals()).isEqualTo(2);
        assertThat(spring.testByClone()).isTrue();
        assertThat(spring.children()).containsExactly("3z1", "3z2");
        assertThat(((Recipients.Selected) spring.recipients().source())
                        .mapping()
                        .fields())
                .containsEntry("Company", "Account_Name");
    }

    @Test
    @DisplayName("With existing members the campaign goes to the purpose's list, without them to one of its own")
    void list() {
        Configuration with = folder.write("campaigns/spring.yaml", SPRING.replace("exclude", "include"))
                .configuration();
        assertThat(with.campaigns().get("spring").list(with.purposes().get("news")))
                .isEqualTo("News");
        assertThat(campaign(SPRING).list(with.purposes().get("news"))).isEqualTo("News - spring");
    }

    @Test
    @DisplayName("People of a file come with their origin and with the basis on which they may be mailed")
    void people() {
        String file =
                SPRING.replace("sync: leads", "file: people.csv, origin: Fair, basis: consent, consent: expressed");

        assertThat(campaign(file).recipients().source()).isInstanceOfSatisfying(Recipients.OfFile.class, people -> {
            assertThat(people.module()).isEqualTo("Leads");
            assertThat(people.origin()).isEqualTo("Fair");
        });
        assertThat(problems(SPRING.replace("sync: leads", "file: people.csv, consent: expressed")))
                .containsExactly(
                        "campaigns/spring.yaml:6: origin is missing in recipients with file. Add origin: and where"
                                + " these people come from, such as Spring fair 2026",
                        "campaigns/spring.yaml:6: basis is missing in recipients with file. Add basis: and the lawful"
                                + " basis of the purpose, if these people may be mailed on it");
        assertThat(problems(SPRING.replace(
                        "sync: leads", "file: people.csv, origin: Fair, basis: contract, consent: expressed")))
                .containsExactly("campaigns/spring.yaml:6: basis is contract, but the lawful basis of news is consent."
                        + " Name a purpose with the basis on which these people may be mailed");
    }

    @Test
    @DisplayName("All mistakes are told at once, each with file, line and remedy")
    void allAtOnce() {
        assertThat(problems("""
                        name: spring
                        purpose: newz
                        subject: Spring is here
                        from: {name: Example, address: news}
                        content: {clone: 3z, file: ../spring.html}
                        recipients:
                          sync: leeds
                          select: {scope: all}
                          existingMembers: exclude
                        send: tomorrow
                        approvel: {by: 1}
                        """))
                .containsExactly(
                        "campaigns/spring.yaml:2: there is no purpose newz. Did you mean news?",
                        "campaigns/spring.yaml:4: the sender has an address that cannot be used. Write one such as"
                                + " news@example.com",
                        "campaigns/spring.yaml:5: content says clone and file. Write one of clone: CAMPAIGN_KEY, url:"
                                + " https://… and file: campaigns/spring.html",
                        "campaigns/spring.yaml:7: there is no sync leeds. Did you mean leads?",
                        "campaigns/spring.yaml:8: select cannot be combined with sync, which says it in its own file."
                                + " Delete this line",
                        "campaigns/spring.yaml:10: send is \"tomorrow\". Write now, or a time such as {at:"
                                + " \"2026-12-01T09:00\", zone: Europe/Berlin}",
                        "campaigns/spring.yaml:11: unknown key \"approvel\". Did you mean approval?");
    }

    @Test
    @DisplayName("Who receives a campaign has no default: existingMembers must be there")
    void membersAreSaid() {
        assertThat(problems(SPRING.replace(", existingMembers: exclude", "")))
                .singleElement()
                .asString()
                .startsWith("campaigns/spring.yaml:6: existingMembers is missing in recipients. Add existingMembers:"
                        + " include or exclude");
    }

    @Test
    @DisplayName("A sync of another purpose, with a list for each view, or of non-marketing people gives no recipients")
    void unfitSyncs() {
        assertThat(problems(SPRING.replace("purpose: news", "purpose: letter")))
                .containsExactly("campaigns/spring.yaml:6: sync leads serves purpose news, not letter. Name a sync of"
                        + " this purpose, or write purpose: news");
        folder.sync("select: {each: view}\nsubscription: non-marketing\n");
        assertThat(problems(SPRING))
                .containsExactlyInAnyOrder(
                        "campaigns/spring.yaml:6: sync leads makes a list for each view or campaign, and a campaign is"
                                + " sent to one list. Name a sync with select.scope",
                        "campaigns/spring.yaml:6: sync leads carries non-marketing people, who receive no campaign."
                                + " Name a sync with subscription: marketing");
    }

    @Test
    @DisplayName("Records of a module are selected as in a sync, and mistakes are told at their own lines")
    void selection() {
        assertThat(problems("""
                        name: spring
                        purpose: news
                        subject: Spring is here
                        from: {name: Example, address: news@example.com}
                        content: {clone: 3zabc}
                        recipients:
                          module: lead
                          existingMembers: exclude
                          select:
                            scope: view
                          mapping:
                            template: nothing
                        """))
                .containsExactly(
                        "campaigns/spring.yaml:6: consent is missing, but the lawful basis of news is consent. Add"
                                + " consent: required or consent: expressed",
                        "campaigns/spring.yaml:7: module is lead, but the CRM calls it Leads. Write module: Leads",
                        "campaigns/spring.yaml:10: view is missing in select. Add view: and the name of a custom view",
                        "campaigns/spring.yaml:12: there is no mapping template nothing. None exist");
    }

    @Test
    @DisplayName("A time that does not exist, or that Zoho cannot keep, is refused")
    void times() {
        assertThat(problems(SPRING + "send: {at: \"2027-03-28T02:30\", zone: Europe/Berlin}\n"))
                .containsExactly("campaigns/spring.yaml:7: that time does not exist in Europe/Berlin, because the clock"
                        + " is put forward. Write an hour later");
        assertThat(problems(SPRING + "send: {at: \"2027-02-30T09:00\"}\n"))
                .containsExactly("campaigns/spring.yaml:7: 2027-02-30T09:00 is not a time. Write a day and a time in"
                        + " quotes, such as \"2026-12-01T09:00\"");
        assertThat(problems(SPRING + "send: {at: \"2026-12-01T09:01\", recipientsTimeZone: true}\n"))
                .containsExactly("campaigns/spring.yaml:7: Zoho Campaigns keeps schedules of whole five minutes only."
                        + " Write minutes such as 00, 05 or 55, or recipientsTimeZone: false");
        assertThat(problems(SPRING + "send: {at: \"2026-12-01T09:00\", zone: Berlin}\n"))
                .containsExactly(
                        "campaigns/spring.yaml:7: there is no time zone Berlin. Write one such as Europe/Berlin");
    }

    @Test
    @DisplayName("A campaign without a connection, where there are several, is told to name one")
    void connection() {
        folder.write(
                "application.properties",
                Folder.PROPERTIES.replace("connections = main", "connections = main, shop")
                        + Folder.PROPERTIES
                                .replaceAll("(?m)^zoho.connections.*\n", "")
                                .replace("main", "shop"));
        String file = SPRING.replace("sync: leads", "module: Leads, consent: expressed");
        assertThat(problems(file))
                .containsExactly("campaigns/spring.yaml:1: the connection is missing, and there are several. Add"
                        + " connection: main or shop");
        assertThat(campaign(file + "connection: shop\n").connection()).isEqualTo("shop");
    }

    @Test
    @DisplayName("The selection of a campaign has the schema of a sync's")
    void sameSchema() throws IOException {
        ObjectMapper json = new ObjectMapper();
        var sync = json.readTree(Path.of("config/schemas/sync.schema.json").toFile())
                .path("properties");
        var campaign = json.readTree(
                        Path.of("config/schemas/campaign.schema.json").toFile())
                .at("/properties/recipients/properties");
        assertThat(List.of("select", "mapping", "evidence", "convertedLeads"))
                .allSatisfy(key -> assertThat(campaign.path(key)).isEqualTo(sync.path(key)));
    }

    private Campaign campaign(String file) {
        return folder.write("campaigns/spring.yaml", file)
                .configuration()
                .campaigns()
                .get("spring");
    }

    private List<String> problems(String file) {
        return folder.write("campaigns/spring.yaml", file).problems();
    }
}
