package io.consentbridge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many people the sandbox is to have: from so few that every kind is there to so many as it was made for. */
final class SamplePeople implements ITypeConverter<Integer> {

    private static final int FEWEST = 10;
    private static final int MOST = 1_000_000;

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
        throw new TypeConversionException("'" + text + "' is no number from " + FEWEST + " to " + MOST);
    }
}
