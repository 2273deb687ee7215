package io.consentbridge.config;

import java.nio.file.Path;

/** Makes problems of files that only Zoho could show, with line and column. */
public final class FileProblem {

    private FileProblem() {}

    /** A problem of the value at a JSON pointer, such as {@code /select/conditions/0/field}. */
    public static Problem problem(Path file, String pointer, String what, String whatWouldBeRight) {
        Place place = YamlReader.read(file, new Findings())
                .map(yaml -> yaml.at(pointer))
                .orElse(Place.whole(file.toString()));
        return new Problem(place.file(), place.line(), place.column(), what, whatWouldBeRight);
    }
}
