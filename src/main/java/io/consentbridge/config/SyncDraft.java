package io.consentbridge.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A proposed file of a sync, which replaces the one in the folder.
 *
 * @param sync the name that the file must give
 * @param file where the file will be
 * @param label the file as the person knows it, for problems
 * @param text its content; empty if the file is to be deleted
 */
public record SyncDraft(String sync, Path file, String label, Optional<String> text) {}
