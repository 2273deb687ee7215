package io.consentbridge.cli;

import io.consentbridge.api.FakeOperations;
import io.consentbridge.api.Operations;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A runtime that opens at once and remembers how it was opened. */
final class FakeRuntime implements LocalRuntime {

    record Opened(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {}

    final List<Opened> opened = new ArrayList<>();
    final FakeOperations operations = new FakeOperations();
    RuntimeException refusal;
    int closed;

    /** How often it was opened for somebody who only looks. */
    int looked;

    @Override
    public Session look(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        looked++;
        return open(config, routes, env, extent);
    }

    @Override
    public Session open(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        opened.add(new Opened(config, routes, env, extent));
        if (refusal != null) {
            throw refusal;
        }
        return new Session() {
            @Override
            public Operations operations() {
                return operations;
            }

            @Override
            public Optional<String> apiUrl() {
                return extent.serves() ? Optional.of("http://127.0.0.1:8080") : Optional.empty();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
