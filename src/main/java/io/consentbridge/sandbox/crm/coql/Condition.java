package io.consentbridge.sandbox.crm.coql;

import java.util.List;
import java.util.stream.Stream;

/** What a record must fulfil. */
public sealed interface Condition {

    /** Both of two. */
    record And(Condition left, Condition right) implements Condition {}

    /** One of two. */
    record Or(Condition left, Condition right) implements Condition {}

    /** A column compared with literals; their text as written, without quotes. */
    record Test(String column, Operator operator, List<String> values) implements Condition {}

    /** Everything. */
    record All() implements Condition {}

    /** The columns that are tested. */
    default Stream<String> columns() {
        if (this instanceof And and) {
            return Stream.concat(and.left().columns(), and.right().columns());
        }
        if (this instanceof Or or) {
            return Stream.concat(or.left().columns(), or.right().columns());
        }
        return this instanceof Test test ? Stream.of(test.column()) : Stream.empty();
    }

    /** How many tests there are. */
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
