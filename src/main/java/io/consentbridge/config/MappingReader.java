package io.consentbridge.config;

import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.mapping.UnmappableFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code mapping}, of a sync or of a template in the folder {@code mappings} that several syncs share. */
final class MappingReader {

    private static final String TEMPLATE = "template";

    private final Findings findings;

    MappingReader(Findings findings) {
        this.findings = findings;
    }

    /** The fields of a template; empty when the file has mistakes. {@code faults} are the keys that break the schema. */
    Optional<Map<String, String>> template(YamlFile file, Set<String> faults) {
        int before = findings.size();
        if (faults.contains("mapping")) {
            return Optional.empty();
        }
        if (file.tree().path("mapping").has(TEMPLATE)) {
            findings.add(
                    file.at("/mapping/" + TEMPLATE),
                    "a template cannot use another template",
                    "write its fields here, or use that template in the syncs");
        }
        Map<String, String> fields = fields(file);
        return faults.isEmpty() && findings.size() == before ? Optional.of(fields) : Optional.empty();
    }

    /**
     * The mapping of a sync, whose own entries override those of its template; empty if that template has mistakes or is
     * missing, which is reported elsewhere.
     */
    Optional<Mapping> ofSync(YamlFile file, Map<String, Map<String, String>> templates) {
        Optional<String> name = templateOf(file);
        Map<String, String> own = fields(file);
        if (name.isPresent() && !templates.containsKey(name.get())) {
            return Optional.empty();
        }
        Map<String, String> fields =
                new LinkedHashMap<>(name.map(templates::get).orElse(Map.of()));
        fields.putAll(own);
        return Optional.of(new Mapping(
                fields,
                file.tree().path("updateEmptyValues").booleanValue(),
                name,
                file.tree().path("createFields").booleanValue()));
    }

    /** The template that a sync's file names; empty for none. */
    static Optional<String> templateOf(YamlFile file) {
        return Optional.ofNullable(file.tree().path("mapping").path(TEMPLATE).textValue());
    }

    private Map<String, String> fields(YamlFile file) {
        Map<String, String> fields = new LinkedHashMap<>();
        file.tree().path("mapping").properties().forEach(entry -> {
            if (!entry.getKey().equals(TEMPLATE)) {
                field(file, entry.getKey(), entry.getValue().textValue(), fields);
            }
        });
        return fields;
    }

    private void field(YamlFile file, String key, String source, Map<String, String> fields) {
        Place place = file.at("/mapping/" + key.replace("~", "~0").replace("/", "~1"));
        String target = key.strip();
        if (ContactMapper.isEmail(target)) {
            findings.add(place, target + " is always mapped from Email", "delete this line");
        }
        UnmappableFields.reason(source)
                .ifPresent(why -> findings.add(place, source + " cannot be mapped: " + why, "map another field"));
        fields.put(target, source);
    }
}
