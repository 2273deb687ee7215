package io.consentbridge.mailing;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignChecksTest {

    private static final String GOOD = """
            <html><head><title>Spring</title></head><body><p>Dear $[FNAME|reader]$</p>
            <p>Example&nbsp;GmbH<br>Main Street 1<br>70173 Stuttgart</p>
            <a href="$[LI:UNSUBSCRIBE]$">Unsubscribe</a></body></html>
            """;

    @Test
    @DisplayName("A mail with a link to unsubscribe, company details and mapped fields has no finding")
    void nothingFound() {
        assertThat(check(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "news@gmail.com",
                "news@GMAIL.com",
                "news@yahoo.co.uk",
                "news@gmx.de",
                "news@web.de",
                "x@outlook.com"
            })
    @DisplayName("B136: a sender at a public domain blocks the campaign")
    void publicSender(String address) {
        assertThat(CampaignChecks.of(campaign(address), purpose(), List.of(), Optional.of(new MailContent(GOOD))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isTrue();
                    assertThat(finding.what())
                            .isEqualTo("the sender " + address + " has an address at a public domain");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "news@example.com",
                "news@live.example.com",
                "news@yahoo.example.com",
                "news@outlook-partners.com"
            })
    @DisplayName("B136: a domain of one's own is none, whatever it begins with")
    void ownSender(String address) {
        assertThat(PublicDomains.holds(address)).isFalse();
    }

    @Test
    @DisplayName("A mail without a link to unsubscribe, or with one in a comment only, blocks the campaign")
    void noLink() {
        assertThat(check(GOOD.replace("$[LI:UNSUBSCRIBE]$", "#")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isTrue();
                    assertThat(finding.what()).isEqualTo("the mail has no link to unsubscribe");
                });
        assertThat(new MailContent("<!-- $[LI:UNSUBSCRIBE]$ -->").hasUnsubscribeLink())
                .isFalse();
        assertThat(new MailContent("<a href=\"$[LI:SUB_PREF]$\">Topics</a>").hasUnsubscribeLink())
                .isTrue();
    }

    @Test
    @DisplayName("300,000 characters are taken, 300,001 block the campaign")
    void size() {
        assertThat(check(GOOD + " ".repeat(MailContent.MOST - GOOD.length()))).isEmpty();
        assertThat(check(GOOD + " ".repeat(MailContent.MOST + 1 - GOOD.length())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("the mail has 300001 characters, and Zoho Campaigns takes 300000"));
    }

    @Test
    @DisplayName("B124: company details that the footer lacks are named; markup and line breaks do not hide them")
    void company() {
        assertThat(check(GOOD.replace("Main Street 1", "Side Street 1")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isFalse();
                    assertThat(finding.what())
                            .isEqualTo("the mail does not have the company's address as purpose news gives them");
                });
        assertThat(check(GOOD.replace("<body>", "<head><title>Example GmbH</title></head><body>")
                        .replace("Example&nbsp;GmbH", "We")))
                .as("a title is not read")
                .hasSize(1);
    }

    @Test
    @DisplayName("B141: a merge field that no mapping fills is named with the line that maps it")
    void unmapped() {
        assertThat(check(GOOD + "<p>$[UD:JOB_TITLE]$ at $[UD:CITY|your town]$</p>"))
                .extracting(Finding::what, Finding::remedy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "$[UD:JOB_TITLE]$ is filled by no mapping, so nothing may stand there",
                                "add to mapping: Job Title: and the CRM field that fills it, or give a text for people"
                                        + " without a value: $[UD:JOB_TITLE|text]$"),
                        org.assertj.core.groups.Tuple.tuple(
                                "$[UD:CITY|your town]$ is filled by no mapping, so everybody reads \"your town\"",
                                "add to mapping: City: and the CRM field that fills it"));
    }

    @Test
    @DisplayName("B141: a field is mapped only if every mapping of the recipients fills it")
    void everyMapping() {
        Mapping city = new Mapping(Map.of("City", "Mailing_City"), false);
        Mapping none = new Mapping(Map.of(), false);
        MailContent mail = new MailContent("$[UD:CITY]$");

        assertThat(CampaignChecks.unmapped(mail, List.of(city))).isEmpty();
        assertThat(CampaignChecks.unmapped(mail, List.of(city, none))).hasSize(1);
        assertThat(CampaignChecks.unmapped(mail, List.of())).hasSize(1);
    }

    @Test
    @DisplayName("A preview fills the fields of a person, escapes their values, and falls back to the given text")
    void fill() {
        assertThat(MergeField.fill(
                        "$[FNAME|reader]$ $[LNAME]$, $[UD:CITY|town]$ <a href=\"$[LI:UNSUBSCRIBE]$\">",
                        Map.of("First Name", "Ann <b>", "City", " ")))
                .isEqualTo("Ann &lt;b&gt; , town <a href=\"#\">");
    }

    @ParameterizedTest
    @CsvSource({
        "FNAME, First Name",
        "UD:JOB_TITLE, Job Title",
        "COMPANYNAME, Company Name",
        "UD:CONTACT_EMAIL, Contact Email"
    })
    @DisplayName("A tag names its field of Campaigns")
    void names(String tag, String field) {
        assertThat(new MergeField(tag, Optional.empty()).displayName()).isEqualTo(field);
        assertThat(new MergeField(tag, Optional.empty()).means(field)).isTrue();
    }

    @Test
    @DisplayName("The content of a clone is not checked, and the report says so")
    void ofClone() {
        assertThat(CampaignChecks.of(campaign("news@example.com"), purpose(), List.of(), Optional.empty()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isFalse();
                    assertThat(finding.what()).startsWith("the content is not checked");
                });
    }

    private static List<Finding> check(String html) {
        return CampaignChecks.of(
                campaign("news@example.com"), purpose(), List.of(), Optional.of(new MailContent(html)));
    }

    static Campaign campaign(String sender) {
        return new Campaign(
                "spring",
                "main",
                "news",
                "Spring is here",
                new Campaign.Sender("Example", sender),
                new Content.File("spring.html"),
                new Recipients(new Recipients.OfSyncs(List.of("leads")), Recipients.ExistingMembers.EXCLUDE),
                Optional.empty(),
                new SendTime.Now(),
                1,
                false,
                List.of());
    }

    static Purpose purpose() {
        Disclosure said = new Disclosure(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Disclosure.Controller(
                        "Example GmbH", "Main Street 1, 70173 Stuttgart", "privacy@example.com")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Disclosure.OnErasure.UNSUBSCRIBE);
        return new Purpose(
                        "news",
                        "News by e-mail",
                        LawfulBasis.CONSENT,
                        "News",
                        false,
                        SignupForm.PRIVATE,
                        List.of("Product news"),
                        Optional.empty())
                .with(Optional.empty(), said);
    }
}
