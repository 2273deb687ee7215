package io.consentbridge.endtoend;

import io.consentbridge.store.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;

/** The installations in which histories are played, each made when the first history needs it. */
final class HistoryWorlds implements AutoCloseable {

    private final TestDatabase engine;
    private final Map<HistoryRules, HistoryWorld> worlds = new LinkedHashMap<>();

    HistoryWorlds(TestDatabase engine) {
        this.engine = engine;
    }

    /** The installation of the history. */
    HistoryWorld of(History history) {
        return worlds.computeIfAbsent(HistoryRules.of(history.seed()), rules -> new HistoryWorld(rules, engine));
    }

    @Override
    public void close() {
        worlds.values().forEach(HistoryWorld::close);
    }
}
