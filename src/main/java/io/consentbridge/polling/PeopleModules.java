package io.consentbridge.polling;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.run.RunFault;
import io.consentbridge.store.Database;
import io.consentbridge.sync.FieldKind;
import io.consentbridge.sync.SelectableField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of a connection in which people can refuse mail: Leads, Contacts and every other module with an address and an
 * opt-out field. They are read once a day and remembered, and so are the fields by which people could ever refuse. A field
 * or module that existed and does not exist any more is a {@link Gap}.
 */
public final class PeopleModules {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleModules.class);

    private static final Duration DAY = Duration.ofDays(1);

    /** How many modules whose fields are known are looked at again in one sweep, so that it costs few calls. */
    private static final int AGAIN = 2;

    /**
     * A module that holds people in every organisation that has it (docs/zoho-notes.md, "CRM: lawful basis and consent").
     */
    private static final Set<String> OF_PEOPLE = Set.of("Vendors");

    /** Error codes that mean that the credential, and not the module, is at fault. */
    private static final Set<String> CLOSED =
            Set.of("NO_PERMISSION", "OAUTH_SCOPE_MISMATCH", "AUTHORIZATION_FAILED", "no-fields");

    private final CrmFields fields;
    private final CrmModules modules;
    private final ModuleMemory memory;
    private final InstantSource clock;

    PeopleModules(CrmFields fields, CrmModules modules, ModuleMemory memory, InstantSource clock) {
        this.fields = fields;
        this.modules = modules;
        this.memory = memory;
        this.clock = clock;
    }

    /** The modules that the database remembers and the CRM reports. */
    public static PeopleModules of(Database database, CrmFields fields, CrmModules modules, InstantSource clock) {
        return new PeopleModules(fields, modules, new ModuleMemory(database), clock);
    }

    /**
     * The result of a look.
     *
     * @param readable module to its address fields and fields that carry refusals; Leads and Contacts first
     * @param gaps what cannot be read
     * @param privacy whether the organisation's privacy settings are on; empty when the credential may not ask
     */
    public record Found(Map<String, PeopleFields> readable, List<Gap> gaps, Optional<Boolean> privacy) {}

    /**
     * The modules in which people can refuse mail.
     *
     * @param runId the run for which the calls are counted; null for none
     * @param own modules of syncs, whose fields are looked at each time
     * @throws RunFault when one of them, or one of their fields, cannot be read
     * @throws ZohoFault when Zoho does not answer
     */
    public Map<String, PeopleFields> all(Connection connection, String runId, Set<String> own) {
        Found found = look(connection, runId, own);
        if (!found.gaps().isEmpty()) {
            unread(connection.name());
            throw found.gaps().get(0).fault();
        }
        return found.readable();
    }

    /**
     * The same, with everything that cannot be read.
     *
     * @throws ZohoFault when Zoho does not answer
     */
    public Found look(Connection connection, String runId, Set<String> own) {
        List<Gap> gaps = new ArrayList<>();
        Map<String, ModuleMemory.Known> known = known(connection, runId, gaps);
        Optional<Boolean> privacy = memory.overview(connection.name()).privacy();
        Map<String, PeopleFields> readable = new LinkedHashMap<>();
        Set<String> live = new LinkedHashSet<>(RefusalFields.PEOPLE);
        live.removeIf(connection::without);
        live.addAll(own);
        for (String module : live) {
            Set<String> needed = new LinkedHashSet<>(RefusalFields.required(module, privacy.orElse(false)));
            Optional.ofNullable(known.remove(module)).ifPresent(before -> needed.addAll(before.seen()));
            needed.removeIf(field -> connection.without(module, field));
            read(connection, runId, module, needed, gaps).ifPresent(has -> readable.put(module, has));
        }
        Map<String, PeopleFields> looked = look(connection, runId, known, gaps);
        known.forEach((module, other) -> {
            PeopleFields has = looked.getOrDefault(module, other.fields());
            missing(connection, module, other.lacking(), has, gaps);
            readable.put(module, has);
        });
        readable.values().removeIf(has -> !RefusalFields.carriedBy(has.names()));
        return new Found(readable, gaps, privacy);
    }

    /** The modules in which people can refuse mail, as far as they are remembered. Asks Zoho nothing. */
    public Set<String> known(Connection connection) {
        return remembered(connection).values().stream()
                .filter(module -> RefusalFields.carriedBy(module.has()))
                .map(ModuleMemory.Known::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * When the last sweep that read the refusals of all of them to the end began; empty when there was none, and after
     * {@link #unread}.
     */
    public Optional<Instant> sweptAt(String connection) {
        return memory.sweptAt(connection);
    }

    /** Notes that a sweep, which began at that time, has read the refusals of all of them to the end. */
    public void swept(String connection, Instant began) {
        memory.swept(connection, began);
    }

    /**
     * Notes that a module that should be swept cannot be read: until a sweep reads all of them to the end, nobody is
     * subscribed, however recent the last sweep is.
     */
    public void unread(String connection) {
        memory.unread(connection);
    }

    /** What is remembered of the modules; the list of modules is read first if it is old. */
    private Map<String, ModuleMemory.Known> known(Connection connection, String runId, List<Gap> gaps) {
        if (!connection.without("*") && isOld(memory.overview(connection.name()).listedAt())) {
            try {
                Map<String, Boolean> listed = modules.all(connection, runId).stream()
                        .collect(Collectors.toMap(
                                CrmModules.Module::name,
                                CrmModules.Module::own,
                                (one, same) -> one,
                                LinkedHashMap::new));
                vanished(connection, listed.keySet(), gaps);
                if (gaps.isEmpty()) {
                    memory.listed(connection.name(), listed, privacy(connection, runId), clock.instant());
                }
            } catch (ZohoFault.Rejected rejected) {
                gaps.add(Gap.unlisted(connection, rejected));
            }
        }
        return remembered(connection);
    }

    private Map<String, ModuleMemory.Known> remembered(Connection connection) {
        Map<String, ModuleMemory.Known> known = memory.modules(connection.name());
        known.keySet()
                .removeIf(module -> connection.without(module)
                        || connection.without("*") && !RefusalFields.PEOPLE.contains(module));
        return known;
    }

    private void vanished(Connection connection, Set<String> listed, List<Gap> gaps) {
        memory.modules(connection.name()).values().stream()
                .filter(known -> RefusalFields.carriedBy(known.seen()))
                .map(ModuleMemory.Known::name)
                .filter(module -> !listed.contains(module) && !connection.without(module))
                .filter(module -> !RefusalFields.PEOPLE.contains(module))
                .forEach(module -> gaps.add(Gap.vanished(connection, module)));
    }

    // A credential may lack the scope for it; then the answer is unknown.
    private Optional<Boolean> privacy(Connection connection, String runId) {
        try {
            return modules.privacySettings(connection, runId);
        } catch (ZohoFault.Rejected notAllowed) {
            LOG.debug("{}: {}", connection.name(), notAllowed.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Looks at the fields of modules that were never looked at or that lack some, and of a few that were not looked at
     * today.
     */
    private Map<String, PeopleFields> look(
            Connection connection, String runId, Map<String, ModuleMemory.Known> others, List<Gap> gaps) {
        Map<String, PeopleFields> looked = new LinkedHashMap<>();
        int again = AGAIN;
        for (ModuleMemory.Known known : ModuleMemory.oldestFirst(others.values())) {
            boolean fresh = known.lookedAt().isEmpty();
            boolean lacks = known.lacking().stream().anyMatch(field -> !connection.without(known.name(), field));
            if (fresh || lacks || isOld(known.lookedAt()) && again-- > 0) {
                look(connection, runId, known, gaps).ifPresent(has -> looked.put(known.name(), has));
            }
        }
        Map<String, ModuleMemory.Known> now = memory.modules(connection.name());
        others.replaceAll((module, before) -> now.getOrDefault(module, before));
        return looked;
    }

    private Optional<PeopleFields> look(Connection connection, String runId, ModuleMemory.Known known, List<Gap> gaps) {
        try {
            fields.forget(connection, known.name());
            PeopleFields has = carrying(connection, runId, known.name());
            keep(connection, known.name(), has);
            return Optional.of(has);
        } catch (ZohoFault.Rejected rejected) {
            boolean ofPeople = known.own()
                    || OF_PEOPLE.contains(known.name())
                    || !known.seen().isEmpty();
            if (ofPeople && CLOSED.contains(rejected.code())) {
                gaps.add(Gap.unreadable(connection, known.name(), rejected));
            } else {
                LOG.info(
                        "{}: {} is not swept for opt-outs: {}", connection.name(), known.name(), rejected.getMessage());
                keep(connection, known.name(), PeopleFields.usual(Set.of()));
            }
            return Optional.empty();
        }
    }

    private Optional<PeopleFields> read(
            Connection connection, String runId, String module, Set<String> needed, List<Gap> gaps) {
        try {
            PeopleFields has = carrying(connection, runId, module);
            if (!has.restricted().isEmpty() || !has.names().containsAll(needed)) {
                // The field may have been made visible since the fields were read.
                fields.forget(connection, module);
                has = carrying(connection, runId, module);
            }
            keep(connection, module, has);
            if (RefusalFields.carriedBy(has.ofRefusals())) {
                needed.addAll(has.restricted());
            }
            missing(connection, module, needed, has, gaps);
            return Optional.of(has);
        } catch (ZohoFault.Rejected rejected) {
            gaps.add(Gap.unreadable(connection, module, rejected));
            return Optional.empty();
        }
    }

    private static void missing(
            Connection connection, String module, Set<String> needed, PeopleFields has, List<Gap> gaps) {
        needed.stream()
                .filter(field -> !has.names().contains(field) && !connection.without(module, field))
                .forEach(field -> gaps.add(
                        has.restricted().contains(field)
                                ? Gap.restricted(connection, module, field)
                                : Gap.field(connection, module, field)));
    }

    private PeopleFields carrying(Connection connection, String runId, String module) {
        Set<String> has = new TreeSet<>();
        Map<String, FieldKind> odd = new TreeMap<>();
        Set<String> restricted = new TreeSet<>();
        Map<String, SelectableField> selectable = fields.selectable(connection, runId, module);
        fields.of(connection, runId, module).forEach((name, field) -> {
            boolean refusal = RefusalFields.isOne(name);
            if (field.restricted()) {
                if (refusal) {
                    restricted.add(name);
                }
            } else if (refusal || field.dataType().equals(RefusalFields.ADDRESS_TYPE)) {
                has.add(name);
                SelectableField asked = selectable.get(name);
                FieldKind kind = asked.filterable() ? asked.kind() : FieldKind.OTHER;
                if (PeopleFields.isOdd(name, kind)) {
                    odd.put(name, kind);
                }
            }
        });
        return new PeopleFields(has, odd, restricted);
    }

    private void keep(Connection connection, String module, PeopleFields has) {
        ModuleMemory.Known before = memory.modules(connection.name()).get(module);
        boolean same = before != null
                && before.has().equals(has.names())
                && before.fields().odd().equals(has.odd())
                && before.seen().containsAll(has.ofRefusals())
                && !isOld(before.lookedAt());
        if (!same) {
            memory.looked(connection.name(), module, has, clock.instant());
        }
    }

    private boolean isOld(Optional<Instant> at) {
        return at.filter(then -> then.plus(DAY).isAfter(clock.instant())).isEmpty();
    }
}
