package io.consentbridge.reaction;

import io.consentbridge.sync.Schedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write-back: a saved instruction what of that which happened in Campaigns is written into the CRM, and when (B102, B103).
 *
 * @param name unique name, which no sync has
 * @param connection name of the connection
 * @param schedule when it runs by itself; empty for one that only runs on command
 * @param optOut what follows from unsubscribes and complaints; empty for nothing
 * @param bounce what follows from bounces
 * @param campaigns what is written about sent campaigns and their recipients; empty for nothing
 * @param members which members of a list are written into the CRM; empty for none
 */
public record WriteBack(
        String name,
        String connection,
        Optional<Schedule> schedule,
        Optional<OptOuts> optOut,
        Bounces bounce,
        Optional<SentCampaigns> campaigns,
        Optional<ListedPeople> members) {

    /** The modules in which records are looked for by the address of a person, unless {@code optOut} names others. */
    public static final List<String> PEOPLE = List.of("Leads", "Contacts");

    /** The modules in which records of a person are looked for. */
    public List<String> modules() {
        return optOut.map(OptOuts::modules).orElse(PEOPLE);
    }

    /** When leaving lists counts as an opt-out. */
    public enum When {
        /** The person left one list of the connection. */
        ANY_LIST,
        /** The person left a list of the connection, and is on no other one. */
        ALL_LISTS
    }

    /**
     * What is written for people who unsubscribed or complained. It is only ever set.
     *
     * @param when whether leaving one list is enough
     * @param field API name of the CRM field for every purpose; empty where each purpose has its own
     * @param purposes API name of the CRM field by the name of the purpose; empty where one field stands for all
     * @param modules API names of the modules whose records are written
     */
    public record OptOuts(When when, Optional<String> field, Map<String, String> purposes, List<String> modules) {

        public OptOuts {
            purposes = Collections.unmodifiableMap(new LinkedHashMap<>(purposes));
            modules = List.copyOf(modules);
        }

        /** The field for people who leave a list of that purpose; empty where nothing is written. */
        public Optional<String> fieldOf(String purpose) {
            return field.or(() -> Optional.ofNullable(purposes.get(purpose)));
        }

        /** Every field that may be written. */
        public List<String> fields() {
            return field.map(List::of)
                    .orElseGet(() -> purposes.values().stream().distinct().toList());
        }
    }

    /**
     * The CRM fields for bounces, each by its API name; empty where nothing is written.
     *
     * @param hard for an address that bounced for good
     * @param soft for an address that bounced for the time being
     * @param count for the number of bounces that are known
     */
    public record Bounces(Optional<String> hard, Optional<String> soft, Optional<String> count) {

        /** Nothing is written. */
        public static final Bounces NONE = new Bounces(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether a record of the CRM's module Campaigns is made for a sent campaign that has none. */
    public enum CampaignRecord {
        CREATE,
        MATCH
    }

    /** Whose reactions to a campaign are written per person. */
    public enum People {
        NONE,
        CLICKS,
        /** Clicks of everybody, and opens of people whose record allows tracking. */
        OPENS_WITH_CONSENT
    }

    /**
     * What is written about sent campaigns.
     *
     * @param record whether a CRM campaign is made
     * @param key API name of the text field of the CRM's Campaigns that holds the key of the campaign; empty where records are
     *     found by name
     * @param ladder the values of Member_Status
     * @param counts what is counted, by the API name of the field of the CRM's Campaigns
     * @param people whose reactions are written per person
     * @param trackingConsent API name of the field of a person's record that allows tracking; present with {@link
     *     People#OPENS_WITH_CONSENT}
     */
    public record SentCampaigns(
            CampaignRecord record,
            Optional<String> key,
            Ladder ladder,
            Map<String, Figure> counts,
            People people,
            Optional<String> trackingConsent) {

        public SentCampaigns {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }
    }

    /** When the value of a field of an existing record is replaced by that of the member. */
    public enum Update {
        NEVER,
        ONLY_EMPTY,
        ALWAYS
    }

    /**
     * A mapped field of members.
     *
     * @param from name of the field in Campaigns
     * @param update whether a value in the CRM is replaced
     */
    public record MemberField(String from, Update update) {}

    /**
     * Which members of a list are written into the CRM.
     *
     * @param list name of the list in Campaigns
     * @param into API name of the module
     * @param create whether people without any record become one, once
     * @param mapping the member's field by the API name of the CRM field
     */
    public record ListedPeople(String list, String into, boolean create, Map<String, MemberField> mapping) {

        public ListedPeople {
            mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
        }
    }
}
