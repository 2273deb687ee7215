/**
 * What became of campaigns: which are watched, their reports, and how each recipient reacted, read with as few calls as possible.
 *
 * <p>{@link io.consentbridge.results.WatchedCampaigns} reads, and {@link io.consentbridge.results.CampaignResults} answers from
 * what was read. Serves the reading steps of the route file {@code write-back.camel.yaml}. It changes nothing at Zoho.
 */
package io.consentbridge.results;
