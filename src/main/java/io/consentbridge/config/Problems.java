package io.consentbridge.config;

import java.util.List;
import java.util.stream.Collectors;

/** All problems of a configuration, by file and line; never empty. */
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
