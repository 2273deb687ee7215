package io.consentbridge.config;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the templates of the mails that ask for consent, and checks that such mail can be sent and answered at all. */
final class MailTemplates {

    private static final String AT = "/confirmation";

    private final Path folder;
    private final Findings findings;

    /** @param folder the configuration folder, to which the paths in purposes are relative */
    MailTemplates(Path folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** The template of each purpose that asks by mail, by its name; its own, or the shipped one of its language. */
    Map<String, MailTemplate> read(Map<String, Purpose> purposes, Map<String, YamlFile> files) {
        Map<String, MailTemplate> templates = new LinkedHashMap<>();
        purposes.values().stream().filter(MailTemplates::asks).forEach(purpose -> {
            String own = purpose.confirmation().flatMap(Confirmation::template).orElse("");
            if (own.isEmpty()) {
                templates.put(
                        purpose.name(),
                        MailTemplate.shipped(purpose.disclosure().language().orElse("")));
                return;
            }
            Path file = folder.resolve(own);
            List<String> problems = MailTemplate.problems(file);
            problems.forEach(problem -> findings.add(
                    files.get(purpose.name()).at(AT + "/template"),
                    problem,
                    "see docs/confirmation.md, or remove template to use the shipped one"));
            if (problems.isEmpty()) {
                templates.put(purpose.name(), MailTemplate.read(file));
            }
        });
        return templates;
    }

    /** Reports settings without which a purpose cannot ask by mail. */
    void requireSettings(AskingSettings settings, Map<String, Purpose> purposes, Map<String, YamlFile> files) {
        purposes.values().stream().filter(MailTemplates::asks).forEach(purpose -> {
            Place at = files.get(purpose.name()).at(AT);
            if (settings.page().url().isEmpty()) {
                findings.add(
                        at,
                        "confirmation by mail needs the URL of the public page",
                        "set public.url, such as https://consent.example.com");
            }
            if (settings.smtp().host().isEmpty()) {
                findings.add(at, "confirmation by mail needs a mail server", "set mail.smtp.host");
            }
        });
    }

    private static boolean asks(Purpose purpose) {
        return purpose.confirmation()
                .filter(how -> how.via() == Confirmation.Via.MAIL)
                .isPresent();
    }
}
