package io.consentbridge.config;

import io.consentbridge.consent.Purpose;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.reaction.WriteBack;
import io.consentbridge.sync.Sync;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A valid configuration: every reference in it is resolved.
 *
 * @param settings the settings of {@code application.properties} and the environment
 * @param purposes by name, in the order of their files
 * @param syncs by name, in the order of their files
 * @param templates the template of the mail that asks for consent, by the name of the purpose that asks by mail
 * @param campaigns by name, in the order of their files
 * @param writeBacks by name, in the order of their files
 */
public record Configuration(
        Settings settings,
        Map<String, Purpose> purposes,
        Map<String, Sync> syncs,
        Map<String, MailTemplate> templates,
        Map<String, Campaign> campaigns,
        Map<String, WriteBack> writeBacks)
        implements Loaded {

    public Configuration {
        purposes = Collections.unmodifiableMap(new LinkedHashMap<>(purposes));
        syncs = Collections.unmodifiableMap(new LinkedHashMap<>(syncs));
        templates = Map.copyOf(templates);
        campaigns = Collections.unmodifiableMap(new LinkedHashMap<>(campaigns));
        writeBacks = Collections.unmodifiableMap(new LinkedHashMap<>(writeBacks));
    }

    /** A configuration without campaigns and write-backs. */
    public Configuration(
            Settings settings,
            Map<String, Purpose> purposes,
            Map<String, Sync> syncs,
            Map<String, MailTemplate> templates) {
        this(settings, purposes, syncs, templates, Map.of(), Map.of());
    }

    /** The same configuration with other settings. */
    public Configuration with(Settings others) {
        return new Configuration(others, purposes, syncs, templates, campaigns, writeBacks);
    }

    /**
     * Reads a configuration folder.
     *
     * @param folder holds {@code application.properties}, {@code purposes/}, {@code syncs/}, {@code campaigns/} and {@code
     *     writebacks/}
     * @param environment overrides settings, as {@code ZOHO_MAIN_CLIENT_ID} does {@code zoho.main.client-id}
     */
    public static Loaded load(Path folder, Map<String, String> environment) {
        return load(folder, environment, Optional.empty(), true);
    }

    /**
     * Reads a configuration folder.
     *
     * @param draft replaces the file of a sync in the folder
     * @param credentials whether each connection must have its credential; a command that does not call Zoho needs none
     */
    public static Loaded load(
            Path folder, Map<String, String> environment, Optional<SyncDraft> draft, boolean credentials) {
        return new ConfigurationReader(folder, environment, draft, credentials).read();
    }
}
