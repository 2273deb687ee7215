package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.sync.ForCampaign;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the current configuration says of the connections, syncs and lists that are stored by their names. */
final class ConfiguredNames {

    private final Supplier<Configuration> configuration;
    private final Supplier<FanOutParts> parts;

    /** @param parts the parts of syncs; asked only when a list is looked up */
    ConfiguredNames(Supplier<Configuration> configuration, Supplier<FanOutParts> parts) {
        this.configuration = configuration;
        this.parts = parts;
    }

    Connection connection(String name) {
        Connection connection = configuration.get().settings().connections().get(name);
        if (connection == null) {
            throw new IllegalArgumentException("there is no connection " + name);
        }
        return connection;
    }

    // Deliveries of a connection that is no longer in the files are not claimed.
    ZoneId zone(String connection) {
        Connection known = configuration.get().settings().connections().get(connection);
        return known == null ? ZoneOffset.UTC : known.zone();
    }

    /** What a sync, the sync of a part, or the sync of a campaign, mails its people for. */
    Optional<Purpose> purpose(String sync) {
        return known(sync).map(known -> configuration.get().purposes().get(known.purpose()));
    }

    // For a part, whose name begins with that of its sync, the file of the sync decides.
    private Optional<Sync> known(String sync) {
        return sync.startsWith(ForCampaign.PREFIX)
                ? new SyncCatalog(configuration.get(), Map.of()).find(sync)
                : Optional.ofNullable(configuration.get().syncs().get(sync.split("/", 2)[0]));
    }

    /** What the people of a list are mailed for; a part of a sync has a list of its own. */
    Set<Purpose> purposes(String connection, String list) {
        SyncCatalog now = parts.get().instructions(configuration.get());
        return now.all().stream()
                .filter(sync -> sync.connection().equals(connection))
                .filter(sync -> now.files().purposes().containsKey(sync.purpose()))
                .map(now::purpose)
                .filter(purpose -> ListName.same(purpose.list(), list))
                .collect(Collectors.toSet());
    }

    boolean ownAddressOnly(String sync) {
        return known(sync).filter(known -> !known.heedsSecondaryAddresses()).isPresent();
    }
}
