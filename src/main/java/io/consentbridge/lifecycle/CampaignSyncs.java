package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.mailing.Recipients;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.ForCampaign;
import io.consentbridge.sync.FullScan;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The syncs that carry the recipients of campaigns (B121, B127): the selected records of syncs, records that no sync carries, or
 * the people of a file once they are records of the CRM. They go the way of every other sync, so nothing in a campaign lets
 * somebody be written to whom a sync would not.
 */
final class CampaignSyncs {

    private CampaignSyncs() {}

    /** Returns them by name, in the order of the files. */
    static Map<String, Sync> of(Configuration files) {
        Map<String, Sync> all = new LinkedHashMap<>();
        files.campaigns().values().stream()
                .flatMap(campaign -> of(files, campaign))
                .forEach(sync -> all.put(sync.name(), sync));
        return all;
    }

    private static Stream<Sync> of(Configuration files, Campaign campaign) {
        Recipients.Source source = campaign.recipients().source();
        if (source instanceof Recipients.OfSyncs named) {
            return named.syncs().stream()
                    .map(files.syncs()::get)
                    .filter(sync -> sync != null && !sync.hasParts())
                    .map(sync -> sync.forCampaign(share(files, campaign, sync.name())));
        }
        if (source instanceof Recipients.Selected selected) {
            return Stream.of(selecting(
                    files,
                    campaign,
                    selected.module(),
                    selected.selection(),
                    selected.consent(),
                    selected.mapping(),
                    selected.evidence(),
                    selected.convertedLeads()));
        }
        return Stream.of();
    }

    private static Sync selecting(
            Configuration files,
            Campaign campaign,
            String module,
            Selection selection,
            Optional<ConsentSetting> consent,
            Mapping mapping,
            Sync.EvidenceDepth evidence,
            Sync.ConvertedLeads convertedLeads) {
        return new Sync(
                        module,
                        campaign.connection(),
                        module,
                        campaign.purpose(),
                        consent,
                        Sync.Subscription.MARKETING,
                        selection,
                        mapping,
                        evidence,
                        Sync.Retrieve.NEW_OR_MODIFIED,
                        Optional.empty(),
                        FullScan.NEVER,
                        Sync.LeaverAction.UNSUBSCRIBE,
                        Sync.LeaverAction.UNSUBSCRIBE,
                        Sync.LeaverAction.IGNORE,
                        Optional.empty(),
                        Sync.Returning.STAY,
                        Sync.SecondaryAddresses.REFUSE,
                        convertedLeads,
                        true,
                        Optional.empty(),
                        Optional.empty())
                .forCampaign(share(files, campaign, module));
    }

    private static ForCampaign share(Configuration files, Campaign campaign, String source) {
        return new ForCampaign(
                campaign.name(),
                source,
                campaign.hasOwnList()
                        ? Optional.of(files.purposes().get(campaign.purpose()).list())
                        : Optional.empty());
    }
}
