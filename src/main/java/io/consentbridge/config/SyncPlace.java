package io.consentbridge.config;

import java.nio.file.Path;

/** Names the place in a file to which a problem goes back that only Zoho could show. */
public final class SyncPlace {

    private SyncPlace() {}

    /** A problem of the value at a JSON pointer, such as {@code /select/conditions/0/field}. */
    public static Problem problem(Path file, String pointer, String what, String whatWouldBeRight) {
        Place place = YamlReader.read(file, new Findings())
                .map(yaml -> yaml.at(pointer))
                .orElse(Place.whole(file.toString()));
        return new Problem(place.file(), place.line(), place.column(), what, whatWouldBeRight);
    }
}
