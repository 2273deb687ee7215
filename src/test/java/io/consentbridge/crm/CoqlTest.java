package io.consentbridge.crm;

import static io.consentbridge.crm.Condition.Operator.EQUALS;
import static io.consentbridge.crm.Condition.Operator.GREATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CoqlTest {

    @Property
    @Label("No value changes a query: it is one literal, whether a backslash escapes or not, or it is refused")
    void hostileValues(@ForAll("hostile") String value) {
        String text;
        try {
            text = Condition.compare("Industry", EQUALS, value).toString();
        } catch (IllegalArgumentException refused) {
            assertThat(value).matches("(?s).*(\\\\'|\\\\$|\\p{Cntrl}).*");
            return;
        }
        String literal = text.substring("Industry = ".length());
        assertThat(endOfLiteral(literal, false)).isEqualTo(literal.length());
        assertThat(endOfLiteral(literal, true)).isEqualTo(literal.length());
        assertThat(literal.substring(1, literal.length() - 1).replace("''", "'"))
                .isEqualTo(value);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("'\\ o=r1()\"\n%").ofMaxLength(12), Arbitraries.strings());
    }

    /** Where a parser would see the literal end. */
    private static int endOfLiteral(String text, boolean backslashEscapes) {
        assertThat(text).startsWith("'");
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (backslashEscapes && c == '\\') {
                i++;
            } else if (c == '\'') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    @Property
    @Label("Only API names are taken as fields and modules")
    void names(@ForAll String name) {
        if (name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            assertThat(Coql.module(name)).isEqualTo(name);
        } else {
            assertThatThrownBy(() -> Coql.module(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("Fields with a space, a quote or a comma are refused, dotted ones are taken")
    void fields() {
        assertThat(Coql.field("Account_Name.Parent_Account.Account_Name")).isNotNull();
        for (String name : List.of("", "a b", "a,b", "a'", ".a", "a.", "a..b", "1a", "a\n", "a--")) {
            assertThatThrownBy(() -> Coql.field(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("Conditions nest pairwise, and values are written by their type")
    void conditions() {
        Condition condition = Condition.compare("Industry", EQUALS, "O'Neill")
                .and(Condition.compare("Annual_Revenue", GREATER, new BigDecimal("5E+6")))
                .and(Condition.isNull("Fax").or(Condition.in("Rating", List.of("a", 1L, true))))
                .and(Condition.compare("Created_Time", GREATER, Instant.parse("2026-01-01T00:00:00.5Z")))
                .and(Condition.compare("Day", EQUALS, LocalDate.of(2026, 1, 2)));

        assertThat(condition)
                .hasToString("((((Industry = 'O''Neill' and Annual_Revenue > 5000000)"
                        + " and (Fax is null or Rating in ('a', 1, true)))"
                        + " and Created_Time > '2026-01-01T00:00:00+00:00') and Day = '2026-01-02')");
        assertThatThrownBy(() -> Condition.in("Rating", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Condition.compare("Rating", EQUALS, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
