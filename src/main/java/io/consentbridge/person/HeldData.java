package io.consentbridge.person;

import java.util.Map;
import java.util.Set;

/** What the tables hold about a person, in words for those who answer the person. */
public final class HeldData {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("person", "the address"),
            Map.entry("source_record", "records of the CRM, as they were read and decided"),
            Map.entry("changed_record", "records of the CRM that changed and were not read since"),
            Map.entry("remaining_record", "records of the CRM that are to be read again"),
            Map.entry("consent_end", "days on which a consent ends"),
            Map.entry("suppression", "reasons not to mail the person, refusals among them"),
            Map.entry("unknown_word", "statements about consent that are not understood"),
            Map.entry("refused_address", "answers of Campaigns that it does not take the address"),
            Map.entry("former_address", "links to earlier and other addresses"),
            Map.entry("list_member", "memberships of mailing lists, past ones too"),
            Map.entry("listed_as", "spellings of the address on mailing lists"),
            Map.entry("delivery", "changes of mailing lists that are to be made"),
            Map.entry("dead_letter", "changes of mailing lists that failed"),
            Map.entry("outcome", "results in the history of runs"),
            Map.entry("consent_ledger", "decisions that the ledger is to take over"),
            Map.entry("ledger_event", "events that the ledger is to take in"),
            Map.entry("ledger_subject", "pseudonyms in the ledger"),
            Map.entry("confirmation_request", "requests for consent, with their answers"),
            Map.entry("confirmation_mail", "mails that asked for consent"),
            Map.entry("record_update", "changes of records of the CRM"),
            Map.entry("workflow_start", "handovers to workflows of Campaigns"),
            Map.entry("campaign_reaction", "what the person did with mails of campaigns"),
            Map.entry("plan_line", "lines of saved previews"),
            Map.entry("erasure", "erasures that go on"));

    private HeldData() {}

    /** The words for what a table holds; the name of the table if it is not known, as that of a later version. */
    public static String words(String table) {
        return WORDS.getOrDefault(table, table);
    }

    /** The tables that have words. */
    static Set<String> tables() {
        return WORDS.keySet();
    }
}
