package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.ledger.Keys;
import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.quota.Quota;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.Database;
import io.consentbridge.store.JdbcTokenStore;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.CallGuard;
import io.consentbridge.zoho.CallStop;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives components access to what lies beyond their own database. A preview borrows tokens, quotas and keys of the installation,
 * because its calls count towards them.
 *
 * @param tokens access tokens
 * @param quota the calls that may be made
 * @param guard asked before each call
 * @param stop ends calls when the process ends
 * @param keys of the ledger, by which people are recognised who were erased
 * @param creation handles a missing contact field; empty to create it
 */
public record ExternalAccess(
        AccessTokens tokens,
        QuotaGovernor quota,
        CallGuard guard,
        CallStop stop,
        Keys keys,
        Optional<CampaignsFieldBinding.Creation> creation) {

    /** Returns the access of an installation, which may make every call. */
    static ExternalAccess full(Database database, Supplier<Configuration> configuration, ThisProcess process) {
        return new ExternalAccess(
                new AccessTokens(
                        new JdbcTokenStore(database),
                        process.calls(),
                        process.clock(),
                        configuration.get().settings().calls()),
                new QuotaGovernor(
                        database,
                        process.clock(),
                        (connection, method) -> quota(configuration.get().settings(), method)),
                CallGuard.NONE,
                new CallStop(),
                new Keys(database, configuration.get().settings().ledger(), process.clock()),
                Optional.empty());
    }

    /** Returns the access of a preview: the same tokens and quotas, and only calls that read. */
    ExternalAccess reading(CampaignsFieldBinding.Creation creation) {
        return new ExternalAccess(tokens, quota, CallGuard.READING, stop, keys, Optional.of(creation));
    }

    private static Quota quota(Settings settings, String method) {
        return new Quota(settings.quotas().of(method).stream()
                .map(window -> new Quota.Window(window.calls(), window.per()))
                .toList());
    }
}
