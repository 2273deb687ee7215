package io.consentbridge.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A sync's file as it is to be, read in the place of what the folder holds.
 *
 * @param sync the name that the file must give
 * @param file where it is to stand
 * @param label the file as the person knows it, for problems
 * @param text its content; empty when the file is to go
 */
public record SyncDraft(String sync, Path file, String label, Optional<String> text) {}
