package io.consentbridge.lifecycle;

import io.consentbridge.crm.CrmCampaigns;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.CustomView;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Remedy;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.util.List;

/** Reads from the CRM the views or campaigns that a sync may select (B104). */
public final class FanOutSource {

    private final CrmViews views;
    private final CrmCampaigns campaigns;

    public FanOutSource(CrmViews views, CrmCampaigns campaigns) {
        this.views = views;
        this.campaigns = campaigns;
    }

    /** Returns the custom views of a module, with the criteria that select their records. */
    List<CustomView> views(Connection connection, String runId, String module) {
        return views.all(connection, runId, module);
    }

    /** Returns the views or campaigns in the CRM that the sync may select. */
    public List<FanOutParts.Found> there(Connection connection, String runId, Sync sync, Selection.Each each) {
        if (each.kind() == Selection.Kind.VIEW) {
            return ofViews(views(connection, runId, sync.module()));
        }
        return campaigns.all(connection, runId, each.names().isEmpty()).stream()
                .map(campaign -> new FanOutParts.Found(campaign.id(), campaign.name()))
                .toList();
    }

    static List<FanOutParts.Found> ofViews(List<CustomView> all) {
        return all.stream()
                .map(view -> new FanOutParts.Found(view.id(), view.name()))
                .toList();
    }

    /** Returns which of them a sync selects. */
    public static FanOutParts.Chosen chosen(Selection.Each each, List<FanOutParts.Found> there) {
        return FanOutParts.Chosen.of(each.names(), there, List.of());
    }

    /** Returns a message that a name matches nothing. */
    static String missing(Sync sync, Selection.Kind kind, String name, List<FanOutParts.Found> there) {
        return Remedy.after(
                absent(sync, kind, name),
                Nearest.hint(name, there.stream().map(FanOutParts.Found::name).toList()));
    }

    /** Returns the same message without a suggestion. */
    public static String absent(Sync sync, Selection.Kind kind, String name) {
        return kind == Selection.Kind.VIEW
                ? sync.module() + " has no custom view \"" + name + "\""
                : "the CRM has no campaign \"" + name + "\"";
    }
}
