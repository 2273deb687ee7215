package io.consentbridge.mailing;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync.ConvertedLeads;
import io.consentbridge.sync.Sync.EvidenceDepth;
import java.util.List;
import java.util.Optional;

/**
 * Who is to receive a campaign (B127, B134).
 *
 * @param source where they come from
 * @param existingMembers whether members of the purpose's list receive it too
 */
public record Recipients(Source source, ExistingMembers existingMembers) {

    /** Whether people who are on the purpose's list already receive the campaign too. */
    public enum ExistingMembers {
        /** The campaign is sent to the purpose's list, and so to everybody on it. */
        INCLUDE,
        /** The campaign has a list of its own, with its recipients alone. */
        EXCLUDE
    }

    /** Where recipients come from. */
    public sealed interface Source {}

    /** The records that syncs of the purpose select; at least one, by name. */
    public record OfSyncs(List<String> syncs) implements Source {
        public OfSyncs {
            syncs = List.copyOf(syncs);
        }
    }

    /**
     * Records that no sync carries (B121).
     *
     * @param module API name of the CRM module
     * @param selection the selected records
     * @param consent how people of a consent purpose are treated; present if and only if the purpose's basis is consent
     * @param mapping the mapped fields
     * @param evidence how much of a consent is read
     * @param convertedLeads whether converted leads are left out
     */
    public record Selected(
            String module,
            Selection selection,
            Optional<ConsentSetting> consent,
            Mapping mapping,
            EvidenceDepth evidence,
            ConvertedLeads convertedLeads)
            implements Source {}

    /**
     * People of a CSV file, who become records of the CRM first (B127).
     *
     * @param file relative to the configuration folder
     * @param module API name of the CRM module in which new people are made
     * @param origin where the people come from, which their records say
     * @param basis the lawful basis on which they may be mailed, stated by the author of the file; that of the purpose
     * @param consent how people of a consent purpose are treated; present if and only if the purpose's basis is consent
     * @param mapping the CRM field of each Campaigns field, as in a sync
     */
    public record OfFile(
            String file,
            String module,
            String origin,
            LawfulBasis basis,
            Optional<ConsentSetting> consent,
            Mapping mapping)
            implements Source {}
}
