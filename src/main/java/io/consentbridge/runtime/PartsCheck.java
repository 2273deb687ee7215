package io.consentbridge.runtime;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.consent.Purpose;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutSource;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import io.consentbridge.zoho.Connection;
import java.util.List;

/** Checks that the views or campaigns that a sync names exist, each with its list. */
final class PartsCheck {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private final FanOutSource source;
    private final ListCheck lists;

    PartsCheck(ConnectionAnswers answers, FanOutSource source, ListCheck lists) {
        this.connection = answers.connection();
        this.findings = answers.findings();
        this.places = answers.places();
        this.source = source;
        this.lists = lists;
    }

    /** Reports names that match no view or campaign, and missing lists that must not be created (B104). */
    void of(Sync sync, Purpose purpose, ListDirectory there) {
        Selection.Each each = (Selection.Each) sync.selection().scope();
        List<FanOutParts.Found> found = source.there(connection, null, sync, each);
        FanOutParts.Chosen chosen = FanOutSource.chosen(each, found);
        String key = each.kind() == Selection.Kind.VIEW ? "views" : "campaigns";
        List<String> names = found.stream().map(FanOutParts.Found::name).toList();
        for (String missing : chosen.missing()) {
            findings.wrong(places.inSyncAt(
                    sync.name(),
                    "/select/" + key + "/" + each.names().indexOf(missing),
                    FanOutSource.absent(sync, each.kind(), missing),
                    Nearest.hint(missing, names)));
        }
        for (FanOutParts.Found part : chosen.found()) {
            Purpose own = purpose.withList(new SyncPart(sync.name(), part.id(), part.name()).list(purpose.list()));
            String needed =
                    ", which sync " + sync.name() + " needs for " + each.kind().word() + " " + part.name();
            lists.of(own, there, needed);
        }
        findings.checked("sync " + sync.name() + ": "
                + ConfigurationCheck.count(chosen.found().size(), each.kind().word()));
    }
}
