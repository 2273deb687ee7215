package io.consentbridge.api;

import java.util.List;

/**
 * What became of a reload.
 *
 * @param takenOver false when something is broken and everything stays as it was
 * @param changes what changed, a line each; empty when nothing did or it was refused
 * @param remarks what somebody should know besides: settings that wait for a restart, syncs that stay inactive; none when it was refused
 * @param problems why it was refused; empty when it was taken over
 */
public record ReloadView(boolean takenOver, List<String> changes, List<String> remarks, List<Problem> problems) {}
