package io.consentbridge.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the line of a value in a YAML file. */
final class YamlLines {

    private static final Pattern STEP = Pattern.compile("[^.\\[\\]/$]+");

    private YamlLines() {}

    /**
     * @param path a location such as {@code $[0].route.from} or {@code /0/route/from}
     * @return the line, counted from 1; that of the nearest value above when there is none there
     */
    static int of(String text, String path) {
        Optional<Node> node = new Compose(LoadSettings.builder().build()).composeString(text);
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group());
        }
        Node at = node.orElse(null);
        int line = at == null ? 1 : line(at);
        for (String step : steps) {
            Node next = child(at, step);
            if (next == null) {
                break;
            }
            at = next;
            line = line(at);
        }
        return line;
    }

    /** Returns the line of a key of that name below a top-level key; empty when there is none. */
    static OptionalInt ofKey(String text, String top, String name) {
        Optional<Node> node = new Compose(LoadSettings.builder().build()).composeString(text);
        Node below = node.map(root -> child(root, top)).orElse(null);
        if (below instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().strip().equals(name)) {
                    return OptionalInt.of(line(key));
                }
            }
        }
        return OptionalInt.empty();
    }

    private static Node child(Node node, String step) {
        if (node instanceof SequenceNode list && step.matches("\\d+")) {
            int index = Integer.parseInt(step);
            return index < list.getValue().size() ? list.getValue().get(index) : null;
        }
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
