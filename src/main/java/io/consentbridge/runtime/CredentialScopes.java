package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.config.Configuration;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what the files need of each connection and its credential does not permit. */
public final class CredentialScopes {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialScopes.class);

    private final Supplier<Configuration> configuration;
    private final AccessTokens tokens;
    private final PeopleModules people;
    private final Components.Crm crm;
    private final CampaignsLists lists;

    private CredentialScopes(
            Supplier<Configuration> configuration,
            AccessTokens tokens,
            PeopleModules people,
            Components.Crm crm,
            CampaignsLists lists) {
        this.configuration = configuration;
        this.tokens = tokens;
        this.people = people;
        this.crm = crm;
        this.lists = lists;
    }

    /** @param configuration the current configuration */
    static CredentialScopes of(Supplier<Configuration> configuration, Components components) {
        return new CredentialScopes(
                configuration,
                components.access().tokens(),
                components.polling().people(),
                components.crm(),
                components.campaigns().lists());
    }

    /**
     * Returns what is missing, one sentence each, by what Zoho last said about the credential; empty when that is unknown.
     * Makes no call.
     */
    public Optional<List<String>> missing(Connection connection) {
        return check(configuration.get(), connection).known().map(ScopeCheck.Result::missing);
    }

    /**
     * Asks Zoho, and logs a warning of what is missing. If Zoho does not answer, or refuses the credential, whatever runs
     * first reports it.
     */
    void warn() {
        Configuration files = configuration.get();
        for (Connection connection : files.settings().connections().values()) {
            ScopeCheck check = check(files, connection);
            if (check.isNeeded()) {
                try {
                    check.look().missing().forEach(missing -> LOG.warn("{}. See: consentbridge check", missing));
                } catch (ZohoFault fault) {
                    LOG.debug("{}", fault.getMessage());
                }
            }
        }
    }

    /** Compares a connection's credential with what those files need. */
    ScopeCheck check(Configuration files, Connection connection) {
        return new ScopeCheck(tokens, people, crm, lists, files, connection);
    }
}
