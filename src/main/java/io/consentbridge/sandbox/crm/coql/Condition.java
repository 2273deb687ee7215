package io.consentbridge.sandbox.crm.coql;

import java.util.List;
import java.util.stream.Stream;

/** A condition on records. */
public sealed interface Condition {

    /** Both of two conditions. */
    record And(Condition left, Condition right) implements Condition {}

    /** At least one of two conditions. */
    record Or(Condition left, Condition right) implements Condition {}

    /** A column compared with literals; their text as written, without quotes. */
    record Test(String column, Operator operator, List<String> values) implements Condition {}

    /** True of every record. */
    record All() implements Condition {}

    /** Returns the columns that are tested. */
    default Stream<String> columns() {
        if (this instanceof And and) {
            return Stream.concat(and.left().columns(), and.right().columns());
        }
        if (this instanceof Or or) {
            return Stream.concat(or.left().columns(), or.right().columns());
        }
        return this instanceof Test test ? Stream.of(test.column()) : Stream.empty();
    }

    /** Returns the number of tests. */
    default int tests() {
        if (this instanceof And and) {
            return and.left().tests() + and.right().tests();
        }
        if (this instanceof Or or) {
            return or.left().tests() + or.right().tests();
        }
        return this instanceof Test ? 1 : 0;
    }
}
