package io.consentbridge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the number of people in the sandbox. */
final class SamplePeople {

    private static final int FEWEST = 10;
    private static final int MOST = 2_000_000;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "2000",
            converter = Number.class,
            description = "sample people, " + FEWEST + " to " + MOST + " (default: 2000)")
    private int count;

    int count() {
        return count;
    }

    /** The range: from enough for every kind of person to the number for which the sandbox was designed. */
    static final class Number implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            try {
                int people = Integer.parseInt(text);
                if (people >= FEWEST && people <= MOST) {
                    return people;
                }
            } catch (NumberFormatException none) {
                // The answer is the same.
            }
            throw new TypeConversionException("'" + text + "' is not a number from " + FEWEST + " to " + MOST);
        }
    }
}
