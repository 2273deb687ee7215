package io.consentbridge.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says why a file cannot be read or written, for the user who named it. */
final class FileTrouble {

    private FileTrouble() {}

    static String of(IOException trouble) {
        if (trouble instanceof NoSuchFileException || trouble instanceof NotDirectoryException) {
            return "there is no such file or folder";
        } else if (trouble instanceof AccessDeniedException) {
            return "this user may not";
        } else if (trouble instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return trouble.getClass().getSimpleName();
    }
}
