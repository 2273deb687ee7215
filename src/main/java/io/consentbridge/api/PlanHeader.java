package io.consentbridge.api;

import java.time.Instant;

/**
 * The first line of a saved preview.
 *
 * @param plan 1, the version of the format
 * @param sync name of the sync
 * @param full whether the run reads every record
 * @param configuration a hash that changes whenever sync, purpose or mapping change what happens to people
 * @param lastRun id of the sync's last run when the preview began; null when there was none
 * @param made when the preview began
 * @param records how many lines follow
 */
public record PlanHeader(
        int plan, String sync, boolean full, String configuration, String lastRun, Instant made, long records) {}
