package io.consentbridge.runtime;

import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.CallGuard;
import io.consentbridge.zoho.CallStop;
import java.util.Optional;

/**
 * How parts reach beyond their own database. A preview borrows tokens and quotas of the installation, because its calls
 * count for it.
 *
 * @param tokens access tokens
 * @param quota the calls that may be made
 * @param guard asked before each call
 * @param stop ends calling when the process ends
 * @param creation what becomes of a missing contact field; empty to create it
 */
record ExternalAccess(
        AccessTokens tokens,
        QuotaGovernor quota,
        CallGuard guard,
        CallStop stop,
        Optional<CampaignsFieldBinding.Creation> creation) {}
