package io.consentbridge.api;

import java.util.List;

/**
 * The result of a reload.
 *
 * @param takenOver false when something is broken and everything stays as it was
 * @param changes what changed, one line each; empty when nothing changed or the reload was refused
 * @param remarks what else is worth knowing: settings that wait for a restart, syncs that stay inactive; empty when the
 *     reload was refused
 * @param problems why the reload was refused; empty when it succeeded
 */
public record ReloadView(boolean takenOver, List<String> changes, List<String> remarks, List<Problem> problems) {}
