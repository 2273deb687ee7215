package io.consentbridge.sandbox.crm.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Knows which leads and contacts are members of which campaign, with their Member_Status (docs/zoho-notes.md, "CRM:
 * campaigns and their members").
 */
public final class Memberships {

    private static final int FIRST_MEMBERS = 50;

    /** A campaign's related list. */
    private record Of(long campaign, String module) {}

    private final Map<Of, ConcurrentSkipListMap<Long, String>> members = new ConcurrentHashMap<>();

    /** Distributes the first leads among the first campaigns. */
    void begin(ModuleStore campaigns, ModuleStore leads) {
        int number = campaigns.end();
        for (int i = 0; i < Math.min(FIRST_MEMBERS, leads.end()) && number > 0; i++) {
            put(campaigns.spec().recordId(i % number), leads, leads.spec().recordId(i), "Planned");
        }
    }

    /** Returns members by id, greatest first; a deleted record is no longer a member. */
    public Map<Long, String> of(long campaign, ModuleStore store) {
        ConcurrentSkipListMap<Long, String> all = at(campaign, store);
        all.keySet().removeIf(id -> store.find(id).isEmpty());
        return all.descendingMap();
    }

    /** Adds a member, or changes the status of one. */
    public void put(long campaign, ModuleStore store, long id, String status) {
        at(campaign, store).put(id, status);
    }

    public boolean remove(long campaign, ModuleStore store, long id) {
        return at(campaign, store).remove(id) != null;
    }

    /** Returns the status of a member; empty for a record that is not a member. */
    public Optional<String> status(long campaign, ModuleStore store, long id) {
        return Optional.ofNullable(at(campaign, store).get(id));
    }

    private ConcurrentSkipListMap<Long, String> at(long campaign, ModuleStore store) {
        return members.computeIfAbsent(new Of(campaign, store.spec().apiName()), key -> new ConcurrentSkipListMap<>());
    }
}
