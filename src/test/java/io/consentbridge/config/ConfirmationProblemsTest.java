package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("ConfirmationProblemsTest: how a purpose asks for consent, and mistakes in it")
class ConfirmationProblemsTest {

    private static final String MAIL = """
            confirmation:
              from: {name: Example GmbH, address: news@example.com}
              subject: Please confirm
              template: templates/confirm
            """;

    @TempDir
    Path root;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(root)
                .write(
                        "application.properties",
                        Folder.PROPERTIES
                                + "public.url = https://consent.example.com\nmail.smtp.host = mail.example.com\n")
                .write("templates/confirm.txt", "{{statement}} {{link}}")
                .write("templates/confirm.html", "{{statement}} {{link}}");
    }

    private Purpose news(String lines) {
        return folder.write("purposes/news.yaml", Folder.NEWS + lines)
                .configuration()
                .purposes()
                .get("news");
    }

    @Test
    @DisplayName("Everything that a purpose can say is read")
    void everything() {
        Purpose news = news("""
                language: de
                notice: https://example.com/privacy
                controller: {name: Example GmbH, address: "Street 1, 10115 Berlin", contact: privacy@example.com}
                recipients: [Zoho Corporation]
                storage: European Union
                retention: until withdrawal, then three years
                validity: 2y
                withdrawal: the link in each mail
                jurisdiction: DE
                authority: Berliner Beauftragte
                onErasure: do-not-mail
                confirmation:
                  via: mail
                  from: {name: Example GmbH, address: news@example.com}
                  subject: Please confirm
                  template: templates/confirm
                  expires: 10d
                  reminder: 3d
                  askAgain: 26w
                  ground:
                    existingCustomer: {field: Type, is: Customer}
                  proof:
                    Consent_Confirmed_On: time
                    Consent_Statement: statement-version
                  onConfirmed: {workflow: W1, trigger: T1}
                """);
        Confirmation asking = news.confirmation().orElseThrow();
        assertThat(asking.via()).isEqualTo(Confirmation.Via.MAIL);
        assertThat(asking.from()).contains(new Confirmation.Sender("Example GmbH", "news@example.com"));
        assertThat(asking.template()).contains("templates/confirm");
        assertThat(asking.expires()).isEqualTo(Duration.ofDays(10));
        assertThat(asking.reminder()).contains(Duration.ofDays(3));
        assertThat(asking.askAgain()).isEqualTo(Duration.ofDays(182));
        assertThat(asking.ground()).contains(new Ground.ExistingCustomer("Type", "Customer"));
        assertThat(asking.proof())
                .containsExactly(
                        Map.entry("Consent_Confirmed_On", Confirmation.Proof.TIME),
                        Map.entry("Consent_Statement", Confirmation.Proof.STATEMENT_VERSION));
        assertThat(asking.onConfirmed()).contains(new Confirmation.Workflow("W1", "T1"));
        Disclosure said = news.disclosure();
        assertThat(said.missing()).isEmpty();
        assertThat(said.validity()).contains(Period.ofYears(2));
        assertThat(said.onErasure()).isEqualTo(Disclosure.OnErasure.DO_NOT_MAIL);
    }

    @Test
    @DisplayName("What is left out has its default; without a ground nobody may be asked")
    void defaults() {
        Purpose news = news(MAIL);
        Confirmation asking = news.confirmation().orElseThrow();
        assertThat(asking.via()).isEqualTo(Confirmation.Via.MAIL);
        assertThat(asking.expires()).isEqualTo(Duration.ofDays(14));
        assertThat(asking.reminder()).isEmpty();
        assertThat(asking.askAgain()).isEqualTo(Duration.ofDays(90));
        assertThat(asking.ground()).isEmpty();
        assertThat(news.disclosure().missing()).hasSize(10);
        assertThat(news("").confirmation()).isEmpty();
    }

    @Test
    @DisplayName("confirmationList alone means that Campaigns asks, and that nobody may be asked without a ground")
    void listAlone() {
        Purpose news = news("confirmationList: Requests\n");
        assertThat(news.confirmation()).contains(Confirmation.BY_LIST);
        assertThat(news.confirmation().get().via()).isEqualTo(Confirmation.Via.ZOHO);
        assertThat(news.confirmation().get().ground()).isEmpty();
    }

    @Test
    @DisplayName("Campaigns asks with via: zoho and a list, by either key")
    void zoho() {
        Purpose one = news("""
                confirmation:
                  via: zoho
                  list: Requests
                  ground: {accepted: {by: Jane Doe, on: 2026-11-01, because: "they asked at the fair"}}
                """);
        assertThat(one.confirmationList()).contains("Requests");
        assertThat(one.confirmation().orElseThrow().ground())
                .contains(new Ground.Accepted("Jane Doe", LocalDate.of(2026, 11, 1), "they asked at the fair"));
        Purpose other = news("""
                confirmationList: Requests
                confirmation:
                  via: zoho
                  ground: {field: Newsletter_Requested}
                """);
        assertThat(other.confirmationList()).contains("Requests");
        assertThat(other.confirmation().orElseThrow().ground()).contains(new Ground.Field("Newsletter_Requested"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subject: Please confirm|subject: ""|purposes/news.yaml:7: subject is "". Write the subject of the mail, with via: mail
            address: news@example.com|address: news at home|purposes/news.yaml:6: address is "news at home". Write the address of the sender
            template: templates/confirm|template: templates/../../etc/x|purposes/news.yaml:8: the template lies outside the configuration folder. Write a path in it
            template: templates/confirm|expires: 14|purposes/news.yaml:8: expires is 14. Write it in quotes: how long a person may answer, such as 14d
            template: templates/confirm|expire: 14d|purposes/news.yaml:8: unknown key "expire". Did you mean expires?
            """)
    @DisplayName("A mistake is reported with its line and its remedy")
    void mistakes(String right, String wrong, String problem) {
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + MAIL.replace(right, wrong))
                        .problems())
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reminder: 14d|9: the reminder comes after the request has expired. Write a shorter time than expires
            reminder: twice|9: reminder is "twice". Write none, or one reminder so long after the mail, such as 7d
            askAgain: 1d|9: askAgain is shorter than expires. Write at least as long a time, such as 90d
            list: Requests|9: a list is given, but the mail asks. Remove it, or write via: zoho
            ground: {}|9: ground is empty. Write one of field, existingCustomer and accepted
            ground: {field: A, accepted: {by: J, on: "2026-11-01", because: b}}|9: ground has several of field, accepted. Write one of field, existingCustomer and accepted
            ground: {accepted: {by: J, on: 2026-13-01, because: b}}|9: on is no day. Write it as 2026-11-01
            proof: {Email_Opt_Out: time}|9: Email_Opt_Out is never written: it is the person's own word. Write the proof into fields of its own
            proof: {Consent_On: when}|9: Consent_On is "when". Write one of time, date, statement-version, statement, purpose, valid-to
            via: letter|9: via is "letter". Write one of mail, zoho
            """)
    @DisplayName("A mistake in a further key is reported with its line and its remedy")
    void more(String line, String problem) {
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + MAIL + "  " + line + "\n")
                        .problems())
                .contains("purposes/news.yaml:" + problem);
    }

    @Test
    @DisplayName(
            "A template without link or wording, and one that does not exist, are reported; without one the shipped is used")
    void templates() {
        folder.write("purposes/news.yaml", Folder.NEWS + MAIL).write("templates/confirm.txt", "{{link}}");
        assertThat(folder.problems())
                .containsExactly(
                        "purposes/news.yaml:8: The template confirm.txt has no {{statement}}. Without the wording"
                                + " nobody knows what they agree to. See docs/confirmation.md, or remove template to use the"
                                + " shipped one");
        folder.write("purposes/news.yaml", Folder.NEWS + MAIL.replace("templates/confirm", "templates/other"));
        assertThat(folder.problems()).hasSize(2).allMatch(problem -> problem.contains("there is no such file"));
        folder.write("purposes/news.yaml", Folder.NEWS + MAIL.replace("  template: templates/confirm\n", ""));
        assertThat(folder.configuration().templates()).containsOnly(Map.entry("news", MailTemplate.shipped("en")));
    }

    @Test
    @DisplayName("A purpose that asks by mail needs a mail server and the URL of the page; others need neither")
    void settings() {
        folder.write("application.properties", Folder.PROPERTIES);
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + MAIL).problems())
                .containsExactly(
                        "purposes/news.yaml:5: confirmation by mail needs the URL of the public page. Set public.url, such as"
                                + " https://consent.example.com",
                        "purposes/news.yaml:5: confirmation by mail needs a mail server. Set mail.smtp.host");
        assertThat(news("confirmationList: Requests\n").confirmation()).isPresent();
    }

    @Test
    @DisplayName("What only one way of asking needs is refused with the other")
    void ways() {
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + "confirmation: {via: zoho, subject: Hello}\n")
                        .problems())
                .contains(
                        "purposes/news.yaml:5: subject is given, but Campaigns writes the mail. Remove it, or write via: mail",
                        "purposes/news.yaml:5: list is missing in confirmation. Add the name of a list with a public sign-up form");
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + "confirmation: {via: zoho, list: News}\n")
                        .problems())
                .contains("purposes/news.yaml:5: list is the mailing list itself. Use another list, so that nobody is"
                        + " mailed before they confirm");
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS)
                        .write("purposes/letter.yaml", Folder.LETTER + MAIL)
                        .problems())
                .contains("purposes/letter.yaml:5: confirmation is given, but the lawful basis contract needs no"
                        + " consent. Remove it, or write lawfulBasis: consent");
        assertThat(Optional.of(Confirmation.BY_LIST.ground())).contains(Optional.empty());
    }
}
