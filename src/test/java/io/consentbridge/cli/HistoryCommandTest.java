package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.OperationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs and the people behind their numbers. */
class HistoryCommandTest extends CommandLineFixture {

    @Test
    @DisplayName("B69, B81: history --run --reason lists the people behind a number, with a cursor")
    void people() throws Exception {
        assertThat(run("history", "--run", "r-1", "--reason", "invalid-pattern", "--limit", "1")
                        .out())
                .isEqualTo("""
                RECORD  E-MAIL    OUTCOME  REASON           WHY
                1       jane@aol  ignored  invalid-pattern  It is malformed.

                More follow: repeat with --after 1
                """);
        Result json = run("history", "--run", "r-1", "--outcome", "updated", "--after", "1", "--json");
        assertThat(json.json().get("records").size()).isEqualTo(2);
        assertThat(json.json().has("next")).isFalse();
        assertThat(runtime.operations.asked)
                .contains("records r-1 null invalid-pattern null 1", "records r-1 updated null 1 20");
        assertThat(run("history", "--reason", "bounced").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("B69: history --csv writes every page into a new file that only its owner may read, and no formula")
    void csv() throws Exception {
        runtime.operations.recordsPerPage = 1;
        Path file = folder.resolve("people.csv");

        Result result = run("history", "--run", "r-1", "--csv", file.toString());

        assertThat(result.out()).isEqualTo("3 records in " + file + "\n");
        assertThat(Files.readString(file)).isEqualTo("""
                run,sync,record,email,outcome,reason,updated,decision,detail
                r-1,customers,1,jane@aol,ignored,invalid-pattern,false,ignore,It is malformed.
                r-1,customers,2,'=cmd|' /C calc'!A0,ignored,invalid-pattern,false,ignore,
                r-1,customers,3,ann@example.com,duplicate,,true,deliver,"a, ""b""\"
                """.replace("\n", "\r\n"));
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Result again = run("history", "--run", "r-1", "--csv", file.toString());
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("already exists");
        assertThat(run(
                                "history",
                                "--run",
                                "r-1",
                                "--csv",
                                folder.resolve("none/x.csv").toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    @DisplayName(
            "B69: history --csv --excel is what a spreadsheet opens: byte order mark, locale's separator, ids as texts, name, list, time")
    void excel() throws Exception {
        assertThat(RecordsCsv.Sheet.separator(java.util.Locale.GERMANY)).isEqualTo(';');
        assertThat(RecordsCsv.Sheet.separator(java.util.Locale.US)).isEqualTo(',');
        java.util.Locale before = java.util.Locale.getDefault(java.util.Locale.Category.FORMAT);
        java.util.Locale.setDefault(java.util.Locale.Category.FORMAT, java.util.Locale.GERMANY);
        try {
            Path file = folder.resolve("sheet.csv");
            assertThat(run("history", "--run", "r-1", "--csv", file.toString(), "--excel")
                            .status())
                    .isZero();
            assertThat(Files.readString(file).lines())
                    .startsWith("\uFEFFtime;sync;list;record;name;email;outcome;reason;updated;decision;detail")
                    .anyMatch(line -> line.startsWith("2026-03-02 08:00 UTC;customers;")
                            && line.contains(";\"=\"\"3\"\"\";Ann O'Hara;ann@example.com;duplicate;;yes;deliver;"))
                    .anyMatch(line -> line.contains(";'=cmd|' /C calc'!A0;"))
                    .anyMatch(line -> line.contains(";Product News;"));
            assertThat(runtime.operations.asked)
                    .as("the list is that of the run, whatever its sync says now")
                    .noneMatch(asked -> asked.startsWith("sync"));
        } finally {
            java.util.Locale.setDefault(java.util.Locale.Category.FORMAT, before);
        }
        assertThat(run("history", "--run", "r-1", "--excel").err()).contains("--csv FILE");
    }

    @Test
    @DisplayName("B69: what looks like a formula gets an apostrophe, and nothing else does")
    void formulas() {
        for (String formula : new String[] {"=1", "+1", "-1", "@a", "\tx", "\rx", "\nx"}) {
            assertThat(RecordsCsv.text(formula)).isEqualTo("'" + formula);
        }
        assertThat(RecordsCsv.text("a=1")).isEqualTo("a=1");
        assertThat(RecordsCsv.text("")).isEmpty();
        assertThat(RecordsCsv.text(null)).isNull();
    }

    @Test
    @DisplayName("B69: history pages through the runs with a cursor")
    void runsPaged() throws Exception {
        assertThat(run("history", "--limit", "2", "--json").json().get("next").asText())
                .isEqualTo("r-1");
        run("history", "--after", "r-1");
        assertThat(runtime.operations.asked).contains("history null 20 after r-1");
    }

    @Test
    @DisplayName("B57: a refused run ends with 2 after people have left, where no runtime is up to do it")
    void refusedButLeavers() {
        runtime.operations.refusedRun = new OperationFailure.Refused("10 of 10 runs are used", "r-leavers");

        Result result = run("sync", "run", "customers", "--json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).contains("10 of 10 runs are used");
        assertThat(runtime.operations.asked).contains("progress? r-leavers", "run? r-leavers");
    }

    @Test
    @DisplayName("B69: history shows the newest run first, of one sync or of all")
    void history() {
        assertThat(run("history", "--limit", "2").out()).isEqualTo("""
                        STARTED               SYNC       STATE      RUN  TOTAL  NEW  RE-ADDED  DUPLICATE
                            LEFT  DELETED  DEAD  IGNORED
                        2026-03-02 08:00 UTC  customers  failed     r-2    100   60         2         20
                               4        1     2       15
                        2026-03-02 08:00 UTC  customers  completed  r-1    100   60         2         20
                               4        1     2       15
                        """);
        run("history", "customers");
        run("history", "--run", "r-1");
        assertThat(runtime.operations.asked).containsExactly("history null 2", "history customers 20", "run? r-1");
        assertThat(run("history", "--limit", "0").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("B69: a run is shown for its own sync only")
    void runOfAnotherSync() {
        assertThat(run("history", "hospitality-leads", "--run", "r-1").status()).isZero();

        Result other = run("history", "customers", "--run", "r-1");

        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("run r-1 belongs to hospitality-leads, not to customers");
    }

    @Test
    @DisplayName("B69: history --run last shows the newest run, of one sync or of all")
    void last() {
        assertThat(run("history", "--run", "last").out()).contains("run         r-2\n");
        assertThat(run("history", "customers", "--run", "last", "--json").out()).contains("r-2");
    }
}
