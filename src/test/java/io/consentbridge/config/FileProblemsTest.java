package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemsTest {

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
    }

    @Test
    @DisplayName("Text that is not YAML is reported with its line")
    void invalidYaml() {
        assertThat(folder.sync("mapping:\n  Phone: [unclosed\n").problems())
                .singleElement()
                .asString()
                .startsWith("syncs/leads.yaml:8: not valid YAML: ");
        assertThat(folder.sync("\tstate: active\n").problems())
                .singleElement()
                .asString()
                .isEqualTo("syncs/leads.yaml:6: not valid YAML: a tab where only spaces are allowed. Use spaces for"
                        + " indentation");
    }

    @Test
    @DisplayName("An empty file and a file without keys are reported")
    void emptyFile() {
        assertThat(folder.write("syncs/leads.yaml", "# later\n").problems())
                .containsExactly("syncs/leads.yaml:1: the file is empty. Write its keys, or delete it");
        assertThat(folder.write("syncs/leads.yaml", "\n- leads\n").problems())
                .containsExactly("syncs/leads.yaml:2: the file holds no keys. Write key: value lines");
    }

    @Test
    @DisplayName("A file with a missing anchor is reported")
    void unknownAlias() {
        assertThat(folder.sync("mapping: *common\n").problems())
                .singleElement()
                .asString()
                .startsWith("syncs/leads.yaml:6: not valid YAML");
    }

    @Test
    @DisplayName("An alias that names itself is reported and does not loop")
    void endlessAlias() {
        assertThat(folder.sync("mapping: &all\n  Phone: *all\n").problems())
                .anyMatch(problem ->
                        problem.contains("this is nested too deep. Check for an alias that refers to" + " itself"));
    }

    @Test
    @DisplayName("A file that is not in UTF-8 is reported")
    void notUtf8() throws IOException {
        Files.write(folder.path("syncs/leads.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4, '\n'});

        assertThat(folder.problems()).containsExactly("syncs/leads.yaml: the file is not in UTF-8. Save it as UTF-8");
    }

    @Test
    @DisplayName("A missing folder is reported")
    void noFolder() {
        Path missing = temporary.resolve("missing");

        assertThat(Configuration.load(missing, Map.of()).toString())
                .isEqualTo(missing + ": the folder is missing or cannot be read. Give the configuration folder"
                        + " with --config");
    }

    @Test
    @DisplayName("A folder of syncs that cannot be listed is reported")
    void foldersThatAreFiles() throws IOException {
        Files.delete(folder.path("syncs/leads.yaml"));
        Files.delete(folder.path("syncs"));
        folder.write("syncs", "");

        assertThat(folder.problems())
                .containsExactly("syncs: the folder cannot be read. Make it a folder that this user may read");
    }

    @Test
    @DisplayName("A folder without application.properties is reported")
    void noProperties() throws IOException {
        Files.delete(folder.path("application.properties"));

        assertThat(folder.problems())
                .contains("application.properties: the file is missing or cannot be read. Copy the sample that ships"
                        + " with ConsentBridge and fill it in");
    }

    @Test
    @DisplayName("A folder without purposes and syncs is a valid configuration that does nothing")
    void emptyFolder() throws IOException {
        for (String file : new String[] {"syncs/leads.yaml", "purposes/news.yaml", "purposes/letter.yaml"}) {
            Files.delete(folder.path(file));
        }

        assertThat(folder.configuration().syncs()).isEmpty();
    }

    @Test
    @DisplayName("Files of other kinds beside the YAML are left alone")
    void otherFiles() {
        assertThat(folder.write("syncs/notes.txt", "?")
                        .write("syncs/.leads.yaml", "a: [")
                        .configuration()
                        .syncs())
                .containsOnlyKeys("leads");
    }

    @Test
    @DisplayName("B5: mistakes in a purpose are reported at their lines")
    void purposes() {
        assertThat(folder.write("purposes/letter.yaml", Folder.LETTER + "confirmationList: Sure\n")
                        .problems())
                .containsExactly("purposes/letter.yaml:5: confirmationList is given, but the lawful basis"
                        + " contract needs no consent. Remove it, or write lawfulBasis: consent");
        folder.write("purposes/letter.yaml", Folder.LETTER);
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + "confirmationList: News\n")
                        .problems())
                .containsExactly("purposes/news.yaml:5: confirmationList is the mailing list itself. Use another"
                        + " list, so that nobody is mailed before they confirm");
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS.replace("basis: consent", "Basis: consent"))
                        .write("purposes/news.yaml", Folder.NEWS.replace("lawfulBasis: consent", "lawfulBasis: consnt"))
                        .problems())
                .containsExactly("purposes/news.yaml:3: lawfulBasis is \"consnt\". Did you mean consent?");
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS.replace("statement: News by e-mail", "statement:"))
                        .problems())
                .containsExactly(
                        "purposes/news.yaml:2: statement is nothing. Write the wording that people were" + " shown");
    }
}
