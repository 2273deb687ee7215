package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a condition without its field. */
class ConditionShapeTest {

    @ParameterizedTest
    @CsvSource({
        "=, write equals",
        "==, write equals",
        "EQ, write equals",
        "!=, write not-equals",
        "<>, write not-equals",
        "<, write less-than",
        "<=, write less-equal",
        ">, write greater-than",
        "≥, write greater-equal",
        "like, write contains",
        "startswith, did you mean starts-with?",
        "not-equal, did you mean not-equals?"
    })
    @DisplayName("B31: a sign or a word near an operator is refused with the intended operator")
    void meant(String operator, String right) {
        ConditionFault fault = fault(operator, "x");

        assertThat(fault).hasMessage("there is no operator " + operator);
        assertThat(fault.element()).isEqualTo(ConditionFault.Element.OPERATOR);
        assertThat(fault.whatWouldBeRight()).isEqualTo(right);
    }

    @Test
    @DisplayName("B31: a word that is near no operator is refused with operators to choose from")
    void noOperator() {
        assertThat(fault("resembles", "x").whatWouldBeRight()).startsWith("write one of equals, not-equals, is-empty");
    }

    @Test
    @DisplayName("B31: an operator takes its own number of values, and another number is refused in words")
    void numbersOfValues() {
        assertThat(refused("is-empty", "x")).isEqualTo("is-empty takes no value|delete the value");
        assertThat(refused("equals", null)).isEqualTo("equals takes one value|write it as value: …");
        assertThat(refused("equals", List.of("x"))).startsWith("equals takes one value|");
        String two = "between takes a list of two values, such as [1, 10]|";
        assertThat(refused("between", 1)).startsWith(two);
        assertThat(refused("between", List.of(1))).startsWith(two);
        assertThat(refused("between", List.of(1, 2, 3))).startsWith(two);
        assertThat(refused("between", Arrays.asList(1, null))).startsWith(two);
        assertThat(refused("between", List.of(1, List.of(2)))).startsWith(two);
        String several = "in takes a list of values, such as [Hospitality, Retail]|";
        assertThat(refused("in", "x")).startsWith(several);
        assertThat(refused("in", List.of())).startsWith(several);
        assertThat(refused("in", List.of("x", List.of()))).startsWith(several);
    }

    @Test
    @DisplayName("B31: days are a whole number of at most a hundred years")
    void days() {
        String days = "in-last-days takes a whole number of days, such as 30|";
        for (Object wrong : Arrays.asList(null, "soon", -1, 1.5, 36_501, 999_999_999_999L)) {
            assertThat(refused("in-last-days", wrong)).as("%s", wrong).startsWith(days);
        }
        for (Object right : List.of(0, 30, "30", 36_500)) {
            assertThat(check("in-last-days", right)).as("%s", right).isEqualTo(Operator.IN_LAST_DAYS);
        }
    }

    @Test
    @DisplayName("B31: every operator is accepted with the values that it takes")
    void accepted() {
        Map<Operator.Takes, Object> values = Map.of(
                Operator.Takes.ONE,
                "x",
                Operator.Takes.TWO,
                List.of(1, 10),
                Operator.Takes.SEVERAL,
                List.of("x"),
                Operator.Takes.DAYS,
                30);
        for (Operator operator : Operator.values()) {
            assertThat(check(operator.word(), values.get(operator.takes()))).isEqualTo(operator);
        }
    }

    private static String refused(String operator, Object value) {
        ConditionFault fault = fault(operator, value);
        assertThat(fault.element()).isEqualTo(ConditionFault.Element.VALUE);
        return fault.getMessage() + "|" + fault.whatWouldBeRight();
    }

    private static ConditionFault fault(String operator, Object value) {
        return catchThrowableOfType(ConditionFault.class, () -> check(operator, value));
    }

    private static Operator check(String operator, Object value) {
        return ConditionShape.check(new Selection.Condition("Title", operator, value));
    }
}
