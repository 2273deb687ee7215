package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sync.ScheduleReader;
import io.consentbridge.sync.Sync;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncProblemsTest {

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
        assertThat(folder.configuration().syncs()).containsOnlyKeys("leads");
    }

    @Test
    @DisplayName("An unknown key is reported with the most similar known one")
    void unknownKey() {
        assertThat(folder.sync("mappings: {}\n").problems())
                .containsExactly("syncs/leads.yaml:6: unknown key \"mappings\". Did you mean mapping?");
    }

    @Test
    @DisplayName("A nested unknown key is reported at its own line")
    void unknownKeyInside() {
        assertThat(folder.sync("select:\n  scope: all\n  veiw: Hot leads\n").problems())
                .containsExactly("syncs/leads.yaml:8: unknown key \"veiw\". Did you mean view?");
    }

    @Test
    @DisplayName("A key of the wrong type is reported with the right type")
    void wrongType() {
        assertThat(folder.sync("updateEmptyValues: often\nmapping: [Company]\n").problems())
                .containsExactly(
                        "syncs/leads.yaml:6: updateEmptyValues is \"often\". Write true to erase a value in"
                                + " Campaigns when it is erased in the CRM, else false",
                        "syncs/leads.yaml:7: mapping is a list. Write Campaigns field: CRM field, one per line;"
                                + " e-mail, first and last name are always mapped");
    }

    @Test
    @DisplayName("B15: a consent setting that is neither required nor expressed is refused")
    void wrongWord() {
        assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("required", "requird"))
                        .problems())
                .containsExactly("syncs/leads.yaml:5: consent is \"requird\". Did you mean required?");
    }

    @Test
    @DisplayName("A missing key is reported at the first line")
    void missingKey() {
        assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("module: Leads\n", ""))
                        .problems())
                .containsExactly("syncs/leads.yaml:1: module is missing. Add module: Leads, Contacts, or a custom"
                        + " module's API name");
    }

    @Test
    @DisplayName("B23: two syncs of one name are refused at the second")
    void duplicateName() {
        assertThat(folder.write("syncs/more.yaml", "# again\n" + Folder.LEADS).problems())
                .singleElement()
                .asString()
                .startsWith("syncs/more.yaml:2: the name leads is already used in ")
                .endsWith("syncs/leads.yaml. Give each file in syncs its own name");
    }

    @Test
    @DisplayName("A key that is given twice is refused at the second")
    void duplicateKey() {
        assertThat(folder.sync("module: Contacts\n").problems())
                .containsExactly("syncs/leads.yaml:6: module is given twice. Keep one of them");
    }

    @Test
    @DisplayName("B6: a sync that names an unknown purpose or connection is refused at its key")
    void missingReference() {
        String sync = Folder.LEADS.replace("purpose: news", "purpose: new").replace("main", "second");

        assertThat(folder.write("syncs/leads.yaml", sync).problems())
                .containsExactly(
                        "syncs/leads.yaml:2: there is no connection second. Write one of main",
                        "syncs/leads.yaml:4: there is no purpose new. Did you mean news?");
    }

    @Test
    @DisplayName("A purpose with mistakes of its own is not reported missing as well")
    void brokenPurposeIsNotMissing() {
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + "lits: x\n").problems())
                .containsExactly("purposes/news.yaml:5: unknown key \"lits\". Did you mean list?");
    }

    @Test
    @DisplayName("A purpose whose file is no YAML is not reported missing as well")
    void unreadablePurposeIsNotMissing() {
        assertThat(folder.write("purposes/news.yaml", "name: [news\n").problems())
                .singleElement()
                .asString()
                .startsWith("purposes/news.yaml:2: not valid YAML");
    }

    @Test
    @DisplayName("A missing connection is reported together with a wrong setting")
    void missingConnectionBesideAWrongSetting() {
        assertThat(folder.settings("http.port = many\n")
                        .write("syncs/leads.yaml", Folder.LEADS.replace("connection: main", "connection: mian"))
                        .problems())
                .containsExactly(
                        "application.properties:7: http.port is \"many\". Write a whole number from 0 to 65535",
                        "syncs/leads.yaml:2: there is no connection mian. Did you mean main?");
    }

    @Test
    @DisplayName(
            "B10, B11, B87, B94: nobody counts as opted in by default, a sync of a consent purpose must say how people are treated")
    void consentMissing() {
        assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("consent: required\n", ""))
                        .problems())
                .containsExactly("syncs/leads.yaml:4: consent is missing, but the lawful basis of news is consent. Add"
                        + " consent: required or consent: expressed");
    }

    @Test
    @DisplayName("B8: a sync of a purpose that needs no consent must not speak of it")
    void consentTooMuch() {
        assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("purpose: news", "purpose: letter"))
                        .problems())
                .containsExactly("syncs/leads.yaml:5: consent is given, but the lawful basis of letter is contract."
                        + " Delete this line");
    }

    @Test
    @DisplayName("Words that make no schedule are refused at the key that is wrong")
    void badSchedule() {
        assertThat(folder.sync("schedule:\n  every: week\n  on: moonday\n  at: \"09:00\"\n")
                        .problems())
                .containsExactly(
                        "syncs/leads.yaml:8: on is \"moonday\" for every: week. Write a weekday, such as monday");
        assertThat(folder.sync("schedule: {every: day, at: \"25:00\"}\n").problems())
                .containsExactly(
                        "syncs/leads.yaml:6: at is \"25:00\". Write a time of day in quotes, such as \"09:00\"");
        assertThat(folder.sync("schedule: {at: \"05:00\"}\n").problems())
                .containsExactly("syncs/leads.yaml:6: every is missing in schedule. Write it like {every: week, on:"
                        + " monday, at: \"09:00\"}");
    }

    @Test
    @DisplayName("A bad cron expression is refused, and so is one beside words")
    void badCron() {
        assertThat(folder.sync("schedule:\n  cron: \"0 9 * * *\"\n").problems())
                .singleElement()
                .asString()
                .startsWith("syncs/leads.yaml:7: \"0 9 * * *\" is not a cron expression")
                .endsWith("Write six fields, seconds first, such as \"0 0 9 ? * MON\"");
        assertThat(folder.sync("schedule:\n  every: day\n  cron: \"0 0 9 ? * MON\"\n")
                        .problems())
                .containsExactly("syncs/leads.yaml:8: schedule has both cron and every, on or at. Keep one of them");
    }

    @Test
    @DisplayName("B42: a time without quotes is a time")
    void timeWithoutQuotes() {
        assertThat(folder.sync("schedule: {every: week, on: monday, at: 09:00}\n")
                        .configuration()
                        .syncs()
                        .get("leads")
                        .schedule())
                .hasValueSatisfying(
                        schedule -> assertThat(schedule).isEqualTo(ScheduleReader.read("week", "monday", "09:00")));
    }

    @Test
    @DisplayName("What belongs to another scope is refused")
    void scopes() {
        assertThat(folder.sync("select:\n  scope: all\n  view: Hot\n").problems())
                .containsExactly("syncs/leads.yaml:8: view cannot be combined with scope: all. Delete it, or"
                        + " write scope: view");
        assertThat(folder.sync("select:\n  scope: criteria\n").problems())
                .containsExactly("syncs/leads.yaml:7: conditions is missing in select. Add conditions: and at least one"
                        + " of them");
        assertThat(folder.sync("select:\n  scope: criteria\n  conditions:\n    - field: Industry\n")
                        .problems())
                .containsExactly("syncs/leads.yaml:9: operator is missing in item 1. Add operator: an operator, such as"
                        + " equals or greater-than");
    }

    @Test
    @DisplayName("Invalid days and days in the wrong order are refused")
    void createdRange() {
        String select = "select:\n  scope: all\n  created:\n    from: %s\n    to: %s\n";

        assertThat(folder.sync(select.formatted("2026-02-30", "2026-06-30")).problems())
                .containsExactly("syncs/leads.yaml:9: 2026-02-30 is not a date. Write a date such as 2026-06-30");
        assertThat(folder.sync(select.formatted("2026-07-01", "2026-06-30")).problems())
                .containsExactly(
                        "syncs/leads.yaml:8: created.to is before created.from. Write the earlier date" + " in from");
        assertThat(folder.sync(select.formatted("2026-07-01", "30.6.2026")).problems())
                .containsExactly("syncs/leads.yaml:10: to is \"30.6.2026\". Write a date, such as 2026-06-30");
    }

    @Test
    @DisplayName("B38: a sync inherits the fields of its mapping template, and its own entries override them")
    void template() {
        folder.write("mappings/standard.yaml", "name: standard\nmapping:\n  Company Name: Company\n  Phone: Phone\n");
        folder.write("mappings/unused.yaml", "name: unused\nmapping: {}\n");
        Sync sync = folder.sync("mapping: {template: standard, Phone: Mobile, City: City}\n")
                .configuration()
                .syncs()
                .get("leads");

        assertThat(sync.mapping().template()).contains("standard");
        assertThat(sync.mapping().fields())
                .containsExactly(
                        Map.entry("Company Name", "Company"), Map.entry("Phone", "Mobile"), Map.entry("City", "City"));
    }

    @Test
    @DisplayName(
            "B38: an unknown template is refused with the most similar one; a mistake in a template is reported once, in its file")
    void wrongTemplates() {
        folder.write("mappings/standard.yaml", "name: standard\nmapping:\n  Phone: Phone\n");

        assertThat(folder.sync("mapping: {template: standart}\n").problems())
                .containsExactly("syncs/leads.yaml:6: there is no mapping template standart. Did you mean standard?");

        folder.write(
                "mappings/standard.yaml",
                "name: standard\nmapping:\n  template: other\n  By: Account_Name.Created_By\n");
        folder.write("syncs/second.yaml", Folder.LEADS.replace("leads", "second") + "mapping: {template: standard}\n");
        assertThat(folder.sync("mapping: {template: standard}\n").problems())
                .containsExactly(
                        "mappings/standard.yaml:3: a template cannot use another template. Write its fields here,"
                                + " or use that template in the syncs",
                        "mappings/standard.yaml:4: Account_Name.Created_By cannot be mapped: who created a record cannot be"
                                + " mapped. Map another field");

        folder.write("mappings/standard.yaml", "name: standard\nmappings: {}\n");
        assertThat(folder.problems())
                .containsExactly(
                        "mappings/standard.yaml:1: mapping is missing. Add mapping: Campaigns field: CRM field,"
                                + " one per line",
                        "mappings/standard.yaml:2: unknown key \"mappings\". Did you mean mapping?");
    }

    @Test
    @DisplayName("B119: a field that cannot be mapped is refused by name with the reason")
    void unmappable() {
        assertThat(folder.sync("mapping:\n  Changed by: Modified_By\n  Contact Email: Secondary_Email\n")
                        .problems())
                .containsExactly(
                        "syncs/leads.yaml:7: Modified_By cannot be mapped: who changed a record cannot be mapped. Map"
                                + " another field",
                        "syncs/leads.yaml:8: Contact Email is always mapped from Email. Delete this line");
    }

    @Test
    @DisplayName("Every mistake of one file is reported at once, of any kind")
    void allOfOneFileAtOnce() {
        String sync = """
                name: leads
                connection: mian
                modul: Leads
                purpose: news
                mapping: {Who: Created_By}
                schedule: {cron: often}
                evidence: some
                """;

        assertThat(folder.write("syncs/leads.yaml", sync).problems())
                .extracting(problem -> problem.replaceAll("\\. [A-Z].*|, but .*| \\(.*", ""))
                .containsExactly(
                        "syncs/leads.yaml:1: module is missing",
                        "syncs/leads.yaml:2: there is no connection mian",
                        "syncs/leads.yaml:3: unknown key \"modul\"",
                        "syncs/leads.yaml:4: consent is missing",
                        "syncs/leads.yaml:5: Created_By cannot be mapped: who created a record cannot be mapped",
                        "syncs/leads.yaml:6: \"often\" is not a cron expression",
                        "syncs/leads.yaml:7: evidence is \"some\"");
    }

    @Test
    @DisplayName("Every mistake of every file is reported at once, by file and line")
    void allAtOnce() {
        assertThat(folder.settings("http.port = many\n")
                        .sync("foo: 1\nbar: 2\n")
                        .write("purposes/letter.yaml", "- a\n")
                        .problems())
                .extracting(problem -> problem.replaceAll("(:\\d+).*", "$1"))
                .containsExactly(
                        "application.properties:7",
                        "purposes/letter.yaml:1",
                        "syncs/leads.yaml:6",
                        "syncs/leads.yaml:7");
    }

    @Test
    @DisplayName("B46: the treatment of deleted, opted-out, unmatched and converted people is set or has its default")
    void leavers() {
        Sync plain = folder.configuration().syncs().get("leads");
        assertThat(plain.deleted()).isEqualTo(Sync.LeaverAction.UNSUBSCRIBE);
        assertThat(plain.optedOut()).isEqualTo(Sync.LeaverAction.UNSUBSCRIBE);
        assertThat(plain.unmatched()).isEqualTo(Sync.LeaverAction.IGNORE);
        assertThat(plain.convertedLeads()).isEqualTo(Sync.ConvertedLeads.EXCLUDE);
        Sync strict = folder.sync("deleted: do-not-mail\noptedOut: remove\nunmatched: unsubscribe\nretrieve: once\n")
                .configuration()
                .syncs()
                .get("leads");
        assertThat(strict.deleted()).isEqualTo(Sync.LeaverAction.DO_NOT_MAIL);
        assertThat(strict.optedOut()).isEqualTo(Sync.LeaverAction.REMOVE);
        assertThat(strict.unmatched()).isEqualTo(Sync.LeaverAction.UNSUBSCRIBE);
        assertThat(strict.whenDeleted()).as("B50: only recurring syncs").isEqualTo(Sync.LeaverAction.IGNORE);
        assertThat(strict.whenUnmatched()).isEqualTo(Sync.LeaverAction.IGNORE);
        assertThat(folder.sync("unmatched: do-not-mail\n").problems()).hasSize(1);
    }

    @Test
    @DisplayName("B31: a sign instead of an operator is reported with the operator's word")
    void signs() {
        for (Map.Entry<String, String> sign : Map.of(
                        "=", "equals", "!=", "not-equals", ">=", "greater-equal", "<", "less-than")
                .entrySet()) {
            assertThat(folder.sync("select:\n  scope: criteria\n  conditions:\n    - {field: City, operator: \""
                                    + sign.getKey() + "\", value: Ulm}\n")
                            .problems())
                    .containsExactly(
                            "syncs/leads.yaml:9: there is no operator " + sign.getKey() + ". Write " + sign.getValue());
        }
    }

    @Test
    @DisplayName("A number instead of a text, and typographic quotes, are reported with what to write")
    void writing() {
        assertThat(folder.sync("select:\n  scope: view\n  view: \u201CHot leads\u201D\n")
                        .problems())
                .containsExactly(
                        "syncs/leads.yaml:8: \u201CHot leads\u201D is in typographic quotes, which YAML reads as"
                                + " part of the text. Write straight ones: \"Hot leads\"");
        assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("name: leads", "name: 2026"))
                        .problems())
                .anyMatch(line -> line.contains("name is 2026. Write it in quotes: a unique name"));
    }

    @Test
    @DisplayName("A module name in another case or in the singular is reported with the CRM's spelling")
    void moduleName() {
        for (String written : new String[] {"leads", "LEADS", "lead"}) {
            assertThat(folder.write("syncs/leads.yaml", Folder.LEADS.replace("module: Leads", "module: " + written))
                            .problems())
                    .containsExactly("syncs/leads.yaml:3: module is " + written
                            + ", but the CRM calls it Leads. Write module: Leads");
        }
    }

    @Test
    @DisplayName(
            "A file with a name near a configuration file's is reported if it is not read; copies and hidden files are ignored")
    void passedOver() {
        folder.write("syncs/more.yaml.txt", Folder.LEADS).write("syncs/More.YAML", Folder.LEADS);
        folder.write("syncs/.hidden.yaml", "x")
                .write("syncs/leads.yaml.bak", "x")
                .write("syncs/below/one.yaml", Folder.LEADS);

        assertThat(folder.problems())
                .containsExactlyInAnyOrder(
                        "syncs/more.yaml.txt: this file is not read, because its name does not end with .yaml or"
                                + " .yml in lower case. Rename it to"
                                + " more.yaml, or move it elsewhere",
                        "syncs/More.YAML: this file is not read, because its name does not end with .yaml or .yml"
                                + " in lower case. Rename it to"
                                + " More.yaml, or move it elsewhere",
                        "syncs/below: files in subfolders are not read. Move them into the folder above, or elsewhere");
    }
}
