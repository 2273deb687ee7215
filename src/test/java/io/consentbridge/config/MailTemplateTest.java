package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTemplateTest {

    private static final MailTemplate.Values VALUES = new MailTemplate.Values(
            "News of <our> products & {{link}}",
            "https://example.com/c/token",
            "https://example.com/r/token",
            "Example GmbH\nMain Street 1");

    @TempDir
    Path folder;

    private Path template(String text, String html) throws Exception {
        Files.writeString(folder.resolve("ask.txt"), text);
        Files.writeString(folder.resolve("ask.html"), html);
        return folder.resolve("ask");
    }

    @ParameterizedTest
    @CsvSource({"en, To agree", "de, Wenn Sie einverstanden sind", "de-AT, Wenn Sie", "fr, To agree", "'', To agree"})
    @DisplayName("The shipped template of the language has wording, link, refusal and controller")
    void shipped(String language, String sentence) {
        MailTemplate.Filled mail = MailTemplate.shipped(language).fill(VALUES);
        assertThat(mail.text())
                .contains(sentence, VALUES.statement(), VALUES.link(), VALUES.refuse(), VALUES.controller());
        assertThat(mail.html()).contains("News of &lt;our&gt;", VALUES.link(), VALUES.refuse(), "Example GmbH<br>");
        assertThat(MailTemplate.problems("text", mail.text())).hasSize(1);
    }

    @Test
    @DisplayName("Values are inserted once, and in HTML they are shown as text")
    void escaped() throws Exception {
        MailTemplate.Filled mail = MailTemplate.read(
                        template("{{statement}} {{ link }}", "<p>{{statement}}</p><a href=\"{{link}}\">"))
                .fill(VALUES);
        assertThat(mail.text()).isEqualTo("News of <our> products & {{link}} https://example.com/c/token");
        assertThat(mail.html())
                .isEqualTo(
                        "<p>News of &lt;our&gt; products &amp; {{link}}</p><a href=\"https://example.com/c/token\">");
    }

    @Test
    @DisplayName("A template without link or wording, or with an unknown placeholder, is a problem that names the file")
    void problems() throws Exception {
        assertThat(MailTemplate.problems(template("{{statement}}", "{{link}} {{statment}}")))
                .containsExactly(
                        "The template ask.txt has no {{link}}. Without the link nobody can answer",
                        "The template ask.html has no {{statement}}. Without the wording nobody knows what they agree to",
                        "The template ask.html has the placeholder {{statment}}, which does not exist: did you mean statement?");
        assertThat(MailTemplate.problems(template("{{statement}}{{link}}", "{{statement}}{{link}}")))
                .isEmpty();
    }

    @Test
    @DisplayName("A missing, binary or huge file is a problem that names it")
    void unreadable() throws Exception {
        assertThat(MailTemplate.problems(folder.resolve("none")))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("there is no such file"));
        Path file = template("x", "x".repeat(300_000));
        Files.write(folder.resolve("ask.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        List<String> problems = MailTemplate.problems(file);
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("ask.txt", "not in UTF-8");
        assertThat(problems.get(1)).contains("ask.html", "larger than 256 KB");
    }

    @Test
    @DisplayName("A filled mail and its values show nothing of themselves as text, because they contain the token")
    void silent() {
        assertThat("" + VALUES + MailTemplate.shipped("en").fill(VALUES)).doesNotContain("token\"", "example.com");
    }
}
