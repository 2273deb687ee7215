package io.consentbridge.sync;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** How numbered conditions are combined (B26-B30). {@link PatternReader} reads it from text. */
public sealed interface Pattern {

    /** The condition with that number, counted from 1. */
    record Numbered(int number) implements Pattern {}

    /** Both patterns. */
    record Both(Pattern left, Pattern right) implements Pattern {}

    /** One of two patterns, or both. */
    record Either(Pattern left, Pattern right) implements Pattern {}

    /** The pattern of a file that gives none: all conditions, nested to the left, such as ((1 and 2) and 3) (B26). */
    static Pattern ofAll(int conditions) {
        Pattern all = new Numbered(1);
        for (int number = 2; number <= conditions; number++) {
            all = new Both(all, new Numbered(number));
        }
        return all;
    }

    /** Whether the pattern holds, given which conditions hold. */
    default boolean holds(IntPredicate condition) {
        if (this instanceof Both both) {
            return both.left().holds(condition) && both.right().holds(condition);
        }
        if (this instanceof Either either) {
            return either.left().holds(condition) || either.right().holds(condition);
        }
        return condition.test(((Numbered) this).number());
    }

    /** The conditions that it names. */
    default Set<Integer> numbers() {
        Set<Integer> numbers = new TreeSet<>();
        if (this instanceof Both both) {
            numbers.addAll(both.left().numbers());
            numbers.addAll(both.right().numbers());
        } else if (this instanceof Either either) {
            numbers.addAll(either.left().numbers());
            numbers.addAll(either.right().numbers());
        } else {
            numbers.add(((Numbered) this).number());
        }
        return numbers;
    }

    /** The rest of the pattern if these conditions never hold; empty if the pattern never holds then. */
    default Optional<Pattern> without(IntPredicate condition) {
        if (this instanceof Both both) {
            return both.left()
                    .without(condition)
                    .flatMap(left -> both.right().without(condition).map(right -> new Both(left, right)));
        }
        if (this instanceof Either either) {
            Optional<Pattern> left = either.left().without(condition);
            Optional<Pattern> right = either.right().without(condition);
            return left.isPresent() && right.isPresent()
                    ? Optional.of(new Either(left.get(), right.get()))
                    : left.or(() -> right);
        }
        return condition.test(((Numbered) this).number()) ? Optional.empty() : Optional.of(this);
    }

    /** With every join in parentheses and each number replaced: (Industry equals Hospitality and Rating is-empty). */
    default String spelled(IntFunction<String> conditions) {
        if (this instanceof Both both) {
            return "(" + both.left().spelled(conditions) + " and "
                    + both.right().spelled(conditions) + ")";
        }
        if (this instanceof Either either) {
            return "(" + either.left().spelled(conditions) + " or "
                    + either.right().spelled(conditions) + ")";
        }
        return conditions.apply(((Numbered) this).number());
    }

    /** With every join in parentheses: {@code ((1 and 2) or 3)}. */
    default String text() {
        return spelled(Integer::toString);
    }
}
