package io.consentbridge.endtoend;

import io.consentbridge.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the purposes and syncs of an installation say in which histories are played. There are two lists, one by contract and
 * one by consent; leads go to both, contacts to the first.
 *
 * @param name of the installation
 * @param byCity whether only leads of {@link #CITY} are selected; those who move away are taken off
 * @param resubscribing the lists whose syncs put people back whom they took off
 * @param keepsLost whether people stay on the list by consent when their consent is lost
 * @param keepsDeleted whether people stay on the lists when their record is deleted
 * @param asking whether a fourth sync asks all leads for their consent, by the list {@link #REQUESTS}
 * @param seconds whether records have second addresses
 */
record HistoryRules(
        String name,
        boolean byCity,
        Set<String> resubscribing,
        boolean keepsLost,
        boolean keepsDeleted,
        boolean asking,
        boolean seconds) {

    static final String BY_CONTRACT = "alpha";
    static final String BY_CONSENT = "beta";
    static final List<String> DELIVERED = List.of(BY_CONTRACT, BY_CONSENT);
    /** The list of the purpose that asks; nobody comes to it before their record says that they consent. */
    static final String ASKED = "gamma";

    static final String REQUESTS = "requests";
    static final String CITY = "Here";
    static final String ELSEWHERE = "There";

    private static final List<HistoryRules> ALL = List.of(
            new HistoryRules("usual", false, Set.of(BY_CONSENT), false, false, false, false),
            new HistoryRules("by city", true, Set.of(BY_CONTRACT, BY_CONSENT), false, false, false, false),
            new HistoryRules("keeping", false, Set.of(BY_CONTRACT), true, true, false, true),
            new HistoryRules("asking", true, Set.of(), false, false, true, false));

    /**
     * A sync of these rules.
     *
     * @param name of the sync
     * @param module whose records it reads
     * @param list to which it delivers them
     */
    record Sync(String name, String module, String list) {}

    /** The rules of the history that this seed makes. */
    static HistoryRules of(long seed) {
        return ALL.get((int) Math.floorMod(seed, (long) ALL.size()));
    }

    List<Sync> syncs() {
        List<Sync> syncs = new ArrayList<>(List.of(
                new Sync("contacts", "Contacts", BY_CONTRACT),
                new Sync("leads", "Leads", BY_CONTRACT),
                new Sync("letters", "Leads", BY_CONSENT)));
        if (asking) {
            syncs.add(new Sync("asks", "Leads", REQUESTS));
        }
        return List.copyOf(syncs);
    }

    List<String> lists() {
        return asking ? List.of(BY_CONTRACT, BY_CONSENT, REQUESTS) : DELIVERED;
    }

    /** Whether leads of another city, and contacts of any, are selected for the list. */
    boolean selects(String module, String city, String list) {
        return module.equals("Contacts")
                ? list.equals(BY_CONTRACT)
                : !byCity || list.equals(REQUESTS) || city.equals(CITY);
    }

    TestConfig workshop(Sandbox sandbox) {
        TestConfig workshop = new TestConfig(sandbox)
                .purpose(BY_CONTRACT)
                .purpose(BY_CONSENT, "lawfulBasis: consent")
                .set("BRAKE_SHARE", "100")
                .set("LIMITS_RUNS_PER_DAY", "7");
        for (Sync sync : syncs()) {
            workshop.sync(sync.name(), sync.module(), lines(sync));
        }
        if (asking) {
            workshop.purpose(
                    ASKED,
                    "lawfulBasis: consent",
                    "confirmation: {via: zoho, list: " + REQUESTS
                            + ", ground: {accepted: {by: Jane Doe, on: 2026-11-01, because: they asked}}}");
        }
        return workshop;
    }

    private String[] lines(Sync sync) {
        List<String> lines = new ArrayList<>();
        boolean consent = !sync.list().equals(BY_CONTRACT);
        lines.add("purpose: " + (sync.list().equals(REQUESTS) ? ASKED : sync.list()));
        lines.add("deleted: " + (keepsDeleted ? "ignore" : "unsubscribe"));
        if (consent) {
            lines.add("consent: " + (sync.list().equals(REQUESTS) ? "required" : "expressed"));
            lines.add("evidence: basis");
            lines.add("consentLost: " + (keepsLost ? "keep" : "unsubscribe"));
        }
        if (resubscribing.contains(sync.list())) {
            lines.add("returning: resubscribe");
        }
        if (byCity && !sync.list().equals(REQUESTS) && sync.module().equals("Leads")) {
            lines.add("select: {scope: criteria, conditions: [{field: City, operator: equals, value: " + CITY + "}]}");
            lines.add("unmatched: unsubscribe");
        }
        return lines.toArray(String[]::new);
    }
}
