package io.consentbridge.sandbox.crm.coql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The COQL parser. */
class ParserTest {

    @Test
    @DisplayName("reads columns behind lookups, nested conditions, order and both forms of a window")
    void readsWhole() {
        Query query = Parser.parse("SELECT Last_Name, Account_Name.Industry FROM Contacts WHERE "
                + "((A = 'x' and B != 2) or C is not null) ORDER BY Modified_Time DESC, id limit 40, 20");
        assertThat(query.columns())
                .extracting(Query.Column::path)
                .containsExactly("Last_Name", "Account_Name.Industry");
        assertThat(query.where()).isInstanceOf(Condition.Or.class);
        assertThat(query.order()).containsExactly(new Query.Order("Modified_Time", false), new Query.Order("id", true));
        assertThat(query.offset()).isEqualTo(40);
        assertThat(query.limit()).isEqualTo(20);
        assertThat(Parser.parse("select id from X where id > 1 limit 7 offset 9")
                        .offset())
                .isEqualTo(9);
    }

    @Test
    @DisplayName("takes two quotes within quotes for one")
    void unescapes() {
        Query query = Parser.parse("select id from Leads where Last_Name = 'O''Brien'' or 1=1'");
        assertThat(query.where())
                .isEqualTo(new Condition.Test("Last_Name", Operator.EQUAL, List.of("O'Brien' or 1=1")));
    }

    @Test
    @DisplayName("gives 200 rows unless asked, and never more than 2,000")
    void limits() {
        assertThat(Parser.parse("select id from X where id > 1").limit()).isEqualTo(200);
        assertRefused("select id from X where id > 1 limit 2001", "INVALID_DATA");
        assertRefused("select id from X where id > 1 limit 0", "INVALID_DATA");
        assertRefused("select id from X where id > 1 limit 99000, 2000", "INVALID_DATA");
    }

    @Test
    @DisplayName("wants a where clause")
    void where() {
        assertThatThrownBy(() -> Parser.parse("select id from Leads order by id"))
                .isInstanceOfSatisfying(
                        CoqlError.class, e -> assertThat(e.details()).containsEntry("clause", "where"));
    }

    @Test
    @DisplayName("wants more than two conditions nested in pairs, and at most 25 of them")
    void pairs() {
        assertRefused("select id from X where a = 1 and b = 2 and c = 3", "SYNTAX_ERROR");
        assertThat(Parser.parse("select id from X where ((a = 1 and b = 2) and c = 3)")
                        .where()
                        .tests())
                .isEqualTo(3);
        String many = "a = 1";
        for (int i = 0; i < 25; i++) {
            many = "(" + many + " and a = 1)";
        }
        assertRefused("select id from X where " + many, "LIMIT_EXCEEDED");
    }

    @Test
    @DisplayName("follows five lookups, in any position and any number of times, and no sixth")
    void joins() {
        String five =
                "select A.x, A.y, B.x.z from X where (C.x = 1 and (D.x = 1 and A.z = 2)) order by E.x asc, B.y asc";
        assertThat(Parser.parse(five).columns()).hasSize(3);
        assertRefused(five.replace("A.y", "F.y"), "LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @DisplayName("refuses an invalid query without failing")
    @ValueSource(
            strings = {
                "",
                "select",
                "select from where",
                "drop table Leads",
                "select * from Leads where id > 1",
                "select id from Leads where Last_Name = 'open",
                "select id from Leads where Last_Name = \"double\"",
                "select id from Leads where Last_Name ~ 'x'",
                "select id from Leads where id > 1; delete from Leads",
                "select id from Leads where id > 1 -- comment",
                "select id from Leads where id in ()",
                "select id from Leads where id between 1",
                "select id from Leads where (id > 1",
                "select id from Leads where id > 1)",
                "select id from Leads where and and and",
                "select id from Leads where id > 1 limit -5",
                "select id from Leads where id > 1 limit 99999999999999",
                "select id from Leads where id > 1 order by",
                "select id, from Leads where id > 1",
                "select id from Leads where id = null",
                "select \u0000 from Leads where id > 1",
                "select id from Leads where Имя = 'x'"
            })
    void hostile(String text) {
        assertThatThrownBy(() -> Parser.parse(text)).isInstanceOf(CoqlError.class);
    }

    @Test
    @DisplayName("refuses brackets a thousand deep and texts of a million letters")
    void huge() {
        assertRefused("select id from X where " + "(".repeat(1_000) + "id > 1" + ")".repeat(1_000), "LIMIT_EXCEEDED");
        assertRefused("select id from X where a = '" + "x".repeat(1_000_000) + "'", "LIMIT_EXCEEDED");
    }

    private static void assertRefused(String text, String code) {
        assertThatThrownBy(() -> Parser.parse(text))
                .isInstanceOfSatisfying(
                        CoqlError.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
