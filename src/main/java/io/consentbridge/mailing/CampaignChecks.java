package io.consentbridge.mailing;

import io.consentbridge.consent.Disclosure.Controller;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The checks of a review that need no other system: sender, subject, topic, content. */
public final class CampaignChecks {

    private CampaignChecks() {}

    /**
     * Everything that is found, what blocks first.
     *
     * @param mappings how the fields of its recipients are filled
     * @param content the mail; empty where it cannot be read, as that of a clone
     */
    public static List<Finding> of(
            Campaign campaign, Purpose purpose, Collection<Mapping> mappings, Optional<MailContent> content) {
        List<Finding> found = new ArrayList<>();
        sender(campaign, found);
        topic(purpose, found);
        content.ifPresentOrElse(
                mail -> content(campaign, purpose, mappings, mail, found),
                () -> found.add(Finding.remark(
                        "the content is not checked, because Zoho's API does not give the mail of a campaign",
                        "look at it in Zoho Campaigns, which refuses it if it changes after the review")));
        found.sort((one, other) -> Boolean.compare(other.blocks(), one.blocks()));
        return found;
    }

    private static void sender(Campaign campaign, List<Finding> found) {
        String address = campaign.from().address();
        if (PublicDomains.holds(address)) {
            found.add(Finding.blocking(
                    "the sender " + address + " has an address at a public domain",
                    "use an address at a domain of your own that is verified in Zoho Campaigns"));
        }
    }

    private static void topic(Purpose purpose, List<Finding> found) {
        if (purpose.topics().isEmpty()) {
            found.add(Finding.remark(
                    "purpose " + purpose.name() + " names no topic",
                    "where the organisation uses topics, people without one receive nothing: write topics: [NAME]"));
        } else if (purpose.topics().size() > 1) {
            found.add(Finding.remark(
                    "a campaign has one topic, and purpose " + purpose.name() + " names "
                            + purpose.topics().size(),
                    "the first is used: " + purpose.topics().get(0)));
        }
    }

    private static void content(
            Campaign campaign, Purpose purpose, Collection<Mapping> mappings, MailContent mail, List<Finding> found) {
        if (mail.size() > MailContent.MOST) {
            found.add(Finding.blocking(
                    "the mail has " + mail.size() + " characters, and Zoho Campaigns takes " + MailContent.MOST,
                    "shorten it, for instance by moving styles and pictures out of it"));
        }
        if (mail.html().isBlank()) {
            found.add(Finding.blocking("the mail is empty", "write it"));
        }
        if (!mail.hasUnsubscribeLink()) {
            found.add(Finding.blocking(
                    "the mail has no link to unsubscribe", "add <a href=\"$[LI:UNSUBSCRIBE]$\">Unsubscribe</a>"));
        }
        company(purpose, mail, found);
        unmapped(mail, mappings).forEach(field -> found.add(unmapped(field)));
        MergeField.in(campaign.subject()).stream()
                .filter(field -> !isFilled(field, mappings))
                .forEach(field -> found.add(unmapped(field)));
    }

    /** The merge fields that no mapping fills (B141). */
    public static List<MergeField> unmapped(MailContent mail, Collection<Mapping> mappings) {
        return mail.mergeFields().stream()
                .filter(field -> !isFilled(field, mappings))
                .toList();
    }

    /** A field has to be filled for everybody, so by each of the mappings. */
    private static boolean isFilled(MergeField field, Collection<Mapping> mappings) {
        return field.isAlwaysFilled()
                || !mappings.isEmpty()
                        && mappings.stream()
                                .allMatch(mapping ->
                                        mapping.fields().keySet().stream().anyMatch(field::means));
    }

    private static Finding unmapped(MergeField field) {
        String lines = "add to mapping: " + field.displayName() + ": and the CRM field that fills it";
        return field.otherwise().isPresent()
                ? Finding.remark(
                        field + " is filled by no mapping, so everybody reads \""
                                + field.otherwise().get() + "\"",
                        lines)
                : Finding.remark(
                        field + " is filled by no mapping, so nothing may stand there",
                        lines + ", or give a text for people without a value: $[" + field.tag() + "|text]$");
    }

    /** Names of the controller that the mail does not have (B124). */
    private static void company(Purpose purpose, MailContent mail, List<Finding> found) {
        Optional<Controller> controller = purpose.disclosure().controller();
        if (controller.isEmpty()) {
            found.add(Finding.remark(
                    "the company details in the footer are not checked, because purpose " + purpose.name()
                            + " names no controller",
                    "write controller: {name: …, address: …, contact: …} in the purpose"));
            return;
        }
        List<String> missing = new ArrayList<>();
        if (!mail.says(controller.get().name())) {
            missing.add("name");
        }
        if (!mail.says(controller.get().address())) {
            missing.add("address");
        }
        if (!missing.isEmpty()) {
            found.add(Finding.remark(
                    "the mail does not have the company's " + missing.stream().collect(Collectors.joining(" and "))
                            + " as purpose " + purpose.name() + " gives them",
                    "write them into the footer, or see in a test mail that Zoho Campaigns adds them"));
        }
    }
}
