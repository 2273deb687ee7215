package io.consentbridge.run;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.store.Database;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of a connection in which people can refuse mail: Leads, Contacts and every other one with an address and an
 * opt-out field. Which these are is read once a day and remembered, and so is by which fields people could ever refuse: what
 * was there and is not there any more is a {@link Gap}.
 */
public final class PeopleModules {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleModules.class);

    private static final Duration DAY = Duration.ofDays(1);

    /** How many modules whose fields are known are looked at again with one sweep, so that it costs few calls. */
    private static final int AGAIN = 2;

    /** A module that holds people in every organisation that has it (crm-api §7.3). */
    private static final Set<String> OF_PEOPLE = Set.of("Vendors");

    /** What is answered where the credential, and not the module, is at fault. */
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

    /** Those that the database remembers and the CRM tells of. */
    public static PeopleModules of(Database database, CrmFields fields, CrmModules modules, InstantSource clock) {
        return new PeopleModules(fields, modules, new ModuleMemory(database), clock);
    }

    /**
     * What is found.
     *
     * @param readable module to its addresses and fields that carry refusals; Leads and Contacts first
     * @param gaps what cannot be read
     * @param privacy whether the organisation's privacy settings are on; empty when it may not be asked
     */
    public record Found(Map<String, Set<String>> readable, List<Gap> gaps, Optional<Boolean> privacy) {}

    /**
     * The modules in which people can refuse mail.
     *
     * @param runId the run that the calls are counted for; null for none
     * @param own modules of syncs, whose fields are looked at each time
     * @throws RunFault when one of them, or a field of theirs, cannot be read
     * @throws ZohoFault when Zoho does not answer
     */
    Map<String, Set<String>> all(Connection connection, String runId, Set<String> own) {
        Found found = look(connection, runId, own);
        if (!found.gaps().isEmpty()) {
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
        Map<String, Set<String>> readable = new LinkedHashMap<>();
        Set<String> live = new LinkedHashSet<>(RefusalFields.PEOPLE);
        live.removeIf(connection::without);
        live.addAll(own);
        for (String module : live) {
            Set<String> needed = new LinkedHashSet<>(RefusalFields.required(module, privacy.orElse(false)));
            Optional.ofNullable(known.remove(module)).ifPresent(before -> needed.addAll(before.seen()));
            needed.removeIf(field -> connection.without(module, field));
            read(connection, runId, module, needed, gaps).ifPresent(has -> readable.put(module, has));
        }
        look(connection, runId, known, gaps);
        known.forEach((module, other) -> {
            missing(connection, module, other.seen(), other.has(), gaps);
            readable.put(module, other.has());
        });
        readable.values().removeIf(has -> !RefusalFields.carriedBy(has));
        return new Found(readable, gaps, privacy);
    }

    /** The modules in which people can refuse mail, by what is remembered of them. Asks Zoho nothing. */
    public Set<String> known(Connection connection) {
        return remembered(connection).values().stream()
                .filter(module -> RefusalFields.carriedBy(module.has()))
                .map(ModuleMemory.Known::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** When the sweep began that read the refusals of all of them to their end last; empty for never. */
    Optional<Instant> sweptAt(String connection) {
        return memory.sweptAt(connection);
    }

    /** The refusals of all of them have been read to their end by a sweep that began then. */
    void swept(String connection, Instant began) {
        memory.swept(connection, began);
    }

    /** What is remembered of the modules, after the list of them was read if that is old. */
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

    // A credential may do without the scope for it: then it is not known.
    private Optional<Boolean> privacy(Connection connection, String runId) {
        try {
            return modules.privacySettings(connection, runId);
        } catch (ZohoFault.Rejected notAllowed) {
            LOG.debug("{}: {}", connection.name(), notAllowed.getMessage());
            return Optional.empty();
        }
    }

    /** Looks at the fields of modules that nobody looked at yet, and of a few that nobody looked at today. */
    private void look(Connection connection, String runId, Map<String, ModuleMemory.Known> others, List<Gap> gaps) {
        int again = AGAIN;
        for (ModuleMemory.Known known : ModuleMemory.oldestFirst(others.values())) {
            boolean fresh = known.lookedAt().isEmpty();
            if (fresh || isOld(known.lookedAt()) && again-- > 0) {
                look(connection, runId, known, gaps);
            }
        }
        Map<String, ModuleMemory.Known> now = memory.modules(connection.name());
        others.replaceAll((module, before) -> now.getOrDefault(module, before));
    }

    private void look(Connection connection, String runId, ModuleMemory.Known known, List<Gap> gaps) {
        try {
            fields.forget(connection, known.name());
            keep(connection, known.name(), carrying(connection, runId, known.name()));
        } catch (ZohoFault.Rejected rejected) {
            boolean ofPeople = known.own()
                    || OF_PEOPLE.contains(known.name())
                    || !known.seen().isEmpty();
            if (ofPeople && CLOSED.contains(rejected.code())) {
                gaps.add(Gap.unreadable(connection, known.name(), rejected));
            } else {
                LOG.info(
                        "{}: {} is not swept for opt-outs: {}", connection.name(), known.name(), rejected.getMessage());
                keep(connection, known.name(), Set.of());
            }
        }
    }

    private Optional<Set<String>> read(
            Connection connection, String runId, String module, Set<String> needed, List<Gap> gaps) {
        try {
            Set<String> has = carrying(connection, runId, module);
            if (!has.containsAll(needed)) {
                // Somebody may have let it be seen since the fields were read.
                fields.forget(connection, module);
                has = carrying(connection, runId, module);
            }
            keep(connection, module, has);
            missing(connection, module, needed, has, gaps);
            return Optional.of(has);
        } catch (ZohoFault.Rejected rejected) {
            gaps.add(Gap.unreadable(connection, module, rejected));
            return Optional.empty();
        }
    }

    private static void missing(
            Connection connection, String module, Set<String> needed, Set<String> has, List<Gap> gaps) {
        needed.stream()
                .filter(field -> !has.contains(field) && !connection.without(module, field))
                .forEach(field -> gaps.add(Gap.field(connection, module, field)));
    }

    private Set<String> carrying(Connection connection, String runId, String module) {
        Set<String> has = new TreeSet<>();
        fields.of(connection, runId, module).forEach((name, field) -> {
            if (RefusalFields.isOne(name) || field.dataType().equals(RefusalFields.ADDRESS_TYPE)) {
                has.add(name);
            }
        });
        return has;
    }

    private void keep(Connection connection, String module, Set<String> has) {
        ModuleMemory.Known before = memory.modules(connection.name()).get(module);
        boolean same = before != null && before.has().equals(has) && !isOld(before.lookedAt());
        if (!same) {
            memory.looked(connection.name(), module, has, clock.instant());
        }
    }

    private boolean isOld(Optional<Instant> at) {
        return at.filter(then -> then.plus(DAY).isAfter(clock.instant())).isEmpty();
    }
}
