package io.consentbridge.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration, in the order of files and lines; never empty. */
public record Problems(List<Problem> all) implements Loaded {

    public Problems {
        all = List.copyOf(all);
    }

    /** One problem a line. */
    @Override
    public String toString() {
        return all.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
