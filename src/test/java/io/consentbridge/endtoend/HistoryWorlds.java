package io.consentbridge.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;

/** The installations in which histories are played, each made when the first history needs it. */
final class HistoryWorlds implements AutoCloseable {

    private final Map<HistoryRules, HistoryWorld> worlds = new LinkedHashMap<>();

    /** The installation of the history. */
    HistoryWorld of(History history) {
        return worlds.computeIfAbsent(HistoryRules.of(history.seed()), HistoryWorld::new);
    }

    @Override
    public void close() {
        worlds.values().forEach(HistoryWorld::close);
    }
}
