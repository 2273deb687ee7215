package io.consentbridge.api;

import java.time.Instant;

/**
 * What a saved preview begins with.
 *
 * @param plan 1, the version of what follows
 * @param sync name of the sync
 * @param full whether the run reads every record
 * @param configuration changes whenever sync, purpose or mapping say something else about people
 * @param lastRun id of the sync's last run when the preview began; null when there was none
 * @param made when the preview began
 * @param records how many lines follow
 */
public record PlanHeader(
        int plan, String sync, boolean full, String configuration, String lastRun, Instant made, long records) {}
