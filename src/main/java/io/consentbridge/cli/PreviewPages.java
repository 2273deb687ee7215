package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.PreviewPage;
import io.consentbridge.api.PreviewView;
import java.util.function.Consumer;

/** Reads the people of a preview page by page, so that memory does not grow with their number. */
record PreviewPages(Operations operations, PreviewView preview, boolean all) {

    /** Passes on each person in the order of the records; passes on nobody for a preview that failed. */
    void each(Consumer<PreviewLine> told) {
        String next = preview.ready() ? "" : null;
        while (next != null) {
            PreviewPage page = operations.previewLines(preview.preview(), next, all);
            page.people().forEach(told);
            next = page.next();
        }
    }
}
