package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedListsTest {

    private static final String BECAUSE = "sharedList: {because: Customers agreed to both in one letter}\n";

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void twoPurposesWithOneList() {
        folder = new Folder(temporary)
                .write("purposes/letter.yaml", Folder.LETTER.replace("list: Letter", "list: ' NEWS'"))
                .write("syncs/letter.yaml", """
                        name: letter
                        connection: main
                        module: Contacts
                        purpose: letter
                        """);
    }

    @Test
    @DisplayName(
            "two purposes of different bases on one list are refused, whatever the case and the blanks of its name")
    void refused() {
        assertThat(folder.problems())
                .containsExactly(
                        "purposes/news.yaml:4: \"News\" is also the list of purpose letter, whose lawful basis is"
                                + " contract"
                                + ", not consent. Use another list, or write sharedList: {because: …} in both"
                                + " purposes");
    }

    @Test
    @DisplayName("it is not enough that one of the two says why")
    void oneSideOnly() {
        folder.write("purposes/news.yaml", Folder.NEWS + BECAUSE);

        assertThat(folder.problems()).hasSize(1);
    }

    @Test
    @DisplayName("two purposes that both say why may share a list")
    void bothSay() {
        folder.write("purposes/news.yaml", Folder.NEWS + BECAUSE)
                .write("purposes/letter.yaml", Folder.LETTER.replace("list: Letter", "list: News") + BECAUSE);

        assertThat(folder.configuration().purposes().get("news").sharedList())
                .contains("Customers agreed to both in one letter");
    }

    @Test
    @DisplayName("two purposes of one basis may share a list, and so may purposes of different connections")
    void nothingToRefuse() {
        folder.write(
                "purposes/letter.yaml",
                Folder.LETTER.replace("list: Letter", "list: News").replace("contract", "consent"));
        folder.write("syncs/letter.yaml", """
                name: letter
                connection: main
                module: Contacts
                purpose: letter
                consent: required
                """);

        assertThat(folder.configuration().syncs()).hasSize(2);
    }
}
