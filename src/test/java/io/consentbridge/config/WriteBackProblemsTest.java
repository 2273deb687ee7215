package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.reaction.Figure;
import io.consentbridge.reaction.Reaction;
import io.consentbridge.reaction.WriteBack;
import io.consentbridge.reaction.WriteBack.MemberField;
import io.consentbridge.reaction.WriteBack.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the file of a write-back, and what is said of its mistakes. */
class WriteBackProblemsTest {

    private static final String HEAD = "name: engagement\nconnection: main\n";

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
    }

    private List<String> problems(String lines) {
        return folder.write("writebacks/engagement.yaml", HEAD + lines).problems();
    }

    @Test
    @DisplayName("A folder without write-backs has none")
    void none() {
        assertThat(folder.configuration().writeBacks()).isEmpty();
    }

    @Test
    @DisplayName("The example in the documents is read with every key")
    void example() throws IOException {
        folder.write(
                "writebacks/engagement.yaml", Files.readString(Path.of("docs/examples/writebacks/engagement.yaml")));

        WriteBack read = folder.configuration().writeBacks().get("engagement");

        assertThat(read.connection()).isEqualTo("main");
        assertThat(read.schedule().orElseThrow().text()).isEqualTo("every hour");
        WriteBack.OptOuts optOut = read.optOut().orElseThrow();
        assertThat(optOut.when()).isEqualTo(WriteBack.When.ANY_LIST);
        assertThat(optOut.fieldOf("news")).contains("Email_Opt_Out");
        assertThat(optOut.modules()).containsExactly("Leads", "Contacts");
        assertThat(read.bounce())
                .isEqualTo(new WriteBack.Bounces(Optional.of("Email_Bounced"), Optional.empty(), Optional.empty()));
        WriteBack.SentCampaigns campaigns = read.campaigns().orElseThrow();
        assertThat(campaigns.record()).isEqualTo(WriteBack.CampaignRecord.CREATE);
        assertThat(campaigns.key()).contains("Zoho_Campaign_Key");
        assertThat(campaigns.ladder().words()).containsExactly("Planned", "Sent", "Opened", "Clicked", "Responded");
        assertThat(campaigns.ladder().word(Reaction.CLICKED)).contains("Clicked");
        assertThat(campaigns.counts())
                .isEqualTo(Map.of("Num_sent", Figure.SENT, "Delivered", Figure.DELIVERED, "Clicks", Figure.CLICKED));
        assertThat(campaigns.people()).isEqualTo(WriteBack.People.CLICKS);
        WriteBack.ListedPeople members = read.members().orElseThrow();
        assertThat(members.list()).isEqualTo("Newsletter");
        assertThat(members.create()).isTrue();
        assertThat(members.mapping())
                .isEqualTo(Map.of(
                        "Company", new MemberField("Company Name", Update.ONLY_EMPTY),
                        "Phone", new MemberField("Phone", Update.NEVER)));
    }

    @Test
    @DisplayName("Each purpose may have a field of its own, and a purpose without one writes nothing")
    void fieldOfPurpose() {
        folder.write("writebacks/e.yaml", HEAD + "optOut: {when: all-lists, field: {news: News_Opt_Out}}\n");

        WriteBack.OptOuts optOut =
                folder.configuration().writeBacks().get("engagement").optOut().orElseThrow();

        assertThat(optOut.when()).isEqualTo(WriteBack.When.ALL_LISTS);
        assertThat(optOut.fieldOf("news")).contains("News_Opt_Out");
        assertThat(optOut.fieldOf("letter")).isEmpty();
        assertThat(optOut.modules()).containsExactly("Leads", "Contacts");
    }

    @Test
    @DisplayName("When leaving counts as an opt-out has no default")
    void noDefault() {
        assertThat(problems("optOut: {field: Email_Opt_Out}\n"))
                .containsExactly("writebacks/engagement.yaml:3: when is missing in optOut. Add when: any-list or"
                        + " all-lists");
    }

    @Test
    @DisplayName("Every mistake of a write-back is reported at once, with its line and what would be right")
    void allAtOnce() {
        assertThat(problems("""
                schedule: {every: hour, at: "09:00"}
                optOut:
                  when: any-list
                  field:
                    newz: News_Opt_Out
                    letter: Unsubscribed_Time
                  modules: [lead]
                bounce: {hard: Email_Opt_Out}
                campaigns:
                  ladder: [Opened, Sent, Opened]
                  people: opens-with-consent
                members: {list: Newsletter, into: Leads, mapping: {Email: Contact Email}}
                """))
                .containsExactly(
                        "writebacks/engagement.yaml:3: at cannot be combined with every: hour. Delete it",
                        "writebacks/engagement.yaml:7: there is no purpose newz. Did you mean news?",
                        "writebacks/engagement.yaml:8: Unsubscribed_Time is never written from here. Write"
                                + " Email_Opt_Out, or a checkbox of your own",
                        "writebacks/engagement.yaml:9: module is lead, but the CRM calls it Leads. Write Leads",
                        "writebacks/engagement.yaml:10: Email_Opt_Out says that a person refuses mail, or who they"
                                + " are, and a bounce is neither. Write another field, or none",
                        "writebacks/engagement.yaml:12: Sent stands above opened, which is more. Write the lowest"
                                + " word first: sent, opened, clicked",
                        "writebacks/engagement.yaml:12: Opened stands twice on the ladder. Delete one of them",
                        "writebacks/engagement.yaml:12: Opened stands for opened, as another word of the ladder does."
                                + " Let one word stand for each of sent, opened, clicked",
                        "writebacks/engagement.yaml:13: people is opens-with-consent, but trackingConsent is missing."
                                + " Add trackingConsent: the CRM field that allows tracking, or write people: clicks",
                        "writebacks/engagement.yaml:14: members neither makes records nor updates any. Write create:"
                                + " true, or update: only-empty with a mapping",
                        "writebacks/engagement.yaml:14: Email is never written from a list. Delete this line");
    }

    @Test
    @DisplayName("A write-back of an unknown connection is refused at its key")
    void unknownConnection() {
        assertThat(folder.write("writebacks/e.yaml", "name: e\nconnection: mian\nbounce: {hard: Bounced}\n")
                        .problems())
                .containsExactly("writebacks/e.yaml:2: there is no connection mian. Did you mean main?");
    }

    @Test
    @DisplayName("A write-back that is called like a sync is refused, since history is shown by name")
    void nameOfASync() {
        assertThat(folder.write("writebacks/e.yaml", "name: leads\nconnection: main\nbounce: {hard: Bounced}\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("writebacks/e.yaml:1: the name leads is already that of a sync, in ");
    }

    @Test
    @DisplayName("A write-back that writes nothing is refused")
    void nothing() {
        assertThat(problems("bounce: {hard: none}\n"))
                .containsExactly("writebacks/engagement.yaml:1: the write-back writes nothing. Add optOut, bounce,"
                        + " campaigns or members, or delete the file");
    }

    @Test
    @DisplayName("A word of a ladder in another language says what it stands for")
    void ladderInAnotherLanguage() {
        folder.write(
                "writebacks/e.yaml",
                HEAD + "campaigns: {people: clicks, ladder: [Geplant, Gesendet: sent, Angeklickt: clicked]}\n");

        WriteBack.SentCampaigns read = folder.configuration()
                .writeBacks()
                .get("engagement")
                .campaigns()
                .orElseThrow();

        assertThat(read.ladder().words()).containsExactly("Geplant", "Gesendet", "Angeklickt");
        assertThat(read.ladder().word(Reaction.OPENED)).contains("Gesendet");
    }

    @Test
    @DisplayName("A ladder of which no word stands for a reaction is refused")
    void ladderOfNothing() {
        assertThat(problems("campaigns: {people: clicks, ladder: [Geplant, Gesendet]}\n"))
                .containsExactly("writebacks/engagement.yaml:3: no word of the ladder stands for sent, opened or"
                        + " clicked. Say what each word stands for, such as {Geplant: sent}");
    }

    @Test
    @DisplayName("docs/write-back.md says what each number means")
    void figures() throws IOException {
        assertThat(Files.readString(Path.of("docs/write-back.md")))
                .contains(Arrays.stream(Figure.values())
                        .map(figure -> "| `" + figure.word() + "` | " + figure.meaning() + " |")
                        .toList());
    }

    @Test
    @DisplayName("A figure that nobody counts is refused with the nearest one")
    void unknownFigure() {
        assertThat(problems("campaigns: {counts: {Num_sent: send}}\n"))
                .containsExactly("writebacks/engagement.yaml:3: Num_sent is \"send\". Did you mean sent?");
    }

    @Test
    @DisplayName("Tracking consent without opens is refused, since it would be read for nothing")
    void trackingConsentForNothing() {
        assertThat(problems("campaigns: {trackingConsent: Tracking_Allowed}\n"))
                .containsExactly("writebacks/engagement.yaml:3: trackingConsent is given, but opens are not written per"
                        + " person. Write people: opens-with-consent, or delete this line");
    }
}
