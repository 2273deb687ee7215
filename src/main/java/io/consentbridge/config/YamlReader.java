package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2, in which {@code on} and {@code 09:00} are texts, and keeps the place of each key. */
final class YamlReader {

    private static final int DEEPEST = 20;

    private final String name;
    private final Findings findings;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> texts = new HashMap<>();

    private YamlReader(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    /** The file's content; empty, with a finding, if it cannot be read. */
    static Optional<YamlFile> read(Path file, Findings findings) {
        return new YamlReader(file.toString(), findings).read(file);
    }

    /** The content; empty, with a finding, if it cannot be read. */
    static Optional<YamlFile> read(String name, String content, Findings findings) {
        return new YamlReader(name, findings).parse(content);
    }

    private Optional<YamlFile> read(Path file) {
        try {
            return parse(ByteOrderMark.without(Files.readString(file)));
        } catch (CharacterCodingException notUtf8) {
            findings.add(Place.whole(name), "the file is not in UTF-8", "save it as UTF-8");
        } catch (IOException unreadable) {
            findings.add(Place.whole(name), "the file cannot be read", "give this user the right to read it");
        }
        return Optional.empty();
    }

    private Optional<YamlFile> parse(String content) {
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(name).build()).composeString(content);
            if (root.isEmpty()) {
                findings.add(new Place(name, 1, 1), "the file is empty", "write its keys, or delete it");
                return Optional.empty();
            }
            places.put("", place(root.get().getStartMark()));
            return Optional.of(new YamlFile(name, node(root.get(), ""), places, texts));
        } catch (MarkedYamlEngineException invalid) {
            Place place = place(invalid.getProblemMark().or(invalid::getContextMark));
            boolean tab = invalid.getProblem() != null && invalid.getProblem().contains("\\t(TAB)");
            findings.add(
                    place,
                    "not valid YAML: " + (tab ? "a tab where only spaces are allowed" : invalid.getProblem()),
                    tab
                            ? "use spaces for indentation"
                            : "check the indentation of this line; text containing a colon needs quotes");
        } catch (YamlEngineException invalid) {
            findings.add(new Place(name, 1, 1), "not valid YAML", "write one document of plain keys and values");
        }
        return Optional.empty();
    }

    private JsonNode node(Node node, String pointer) {
        if (pointer.chars().filter(letter -> letter == '/').count() > DEEPEST) {
            findings.add(
                    place(node.getStartMark()),
                    "this is nested too deep",
                    "check for an alias that refers" + " to itself");
            return JsonNodeFactory.instance.nullNode();
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                String at = pointer + "/" + array.size();
                places.put(at, place(item.getStartMark()));
                array.add(node(item, at));
            }
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        Writing.of(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN)
                .ifPresent(odd -> findings.add(place(node.getStartMark()), odd.what(), odd.whatWouldBeRight()));
        boolean oneLine = scalar.getStartMark()
                .map(Mark::getLine)
                .equals(scalar.getEndMark().map(Mark::getLine));
        if (oneLine) {
            Place start = place(scalar.getStartMark());
            int quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
            texts.put(pointer, new Place(name, start.line(), start.column() + quote));
        }
        return scalar(scalar);
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : keyNode.toString();
            Place place = place(keyNode.getStartMark());
            Writing.of(key, true).ifPresent(odd -> findings.add(place, odd.what(), odd.whatWouldBeRight()));
            if (object.has(key)) {
                findings.add(place, key + " is given twice", "keep one of them");
            }
            String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            places.put(at, place);
            object.set(key, node(tuple.getValueNode(), at));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return make.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return make.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return make.numberNode(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return make.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException octalOrInfinite) {
            return make.textNode(text);
        }
        return make.textNode(text);
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(name, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Place(name, 1, 1));
    }
}
