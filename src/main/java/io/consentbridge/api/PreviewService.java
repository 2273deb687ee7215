package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.runtime.Previews;
import java.util.function.Supplier;

/** Makes previews, and shows them. */
final class PreviewService {

    private final Supplier<Configuration> configuration;
    private final Previews previews;
    private final NameLookup names;

    /** @param configuration the current configuration */
    PreviewService(Supplier<Configuration> configuration, Previews previews, NameLookup names) {
        this.configuration = configuration;
        this.previews = previews;
        this.names = names;
    }

    PreviewView begin(String sync, boolean full) {
        try {
            return PreviewViews.of(previews.begin(configuration.get(), names.withoutParts(sync), full));
        } catch (Previews.Refused refused) {
            throw new OperationFailure.Refused(refused.getMessage());
        }
    }

    PreviewView view(String id) {
        return PreviewViews.of(names.preview(id));
    }

    PreviewPage lines(String id, String after, boolean unchanged) {
        return PreviewViews.page(names.readyPreview(id), after, unchanged);
    }

    /** Returns the last state of a preview that ends. */
    PreviewView end(String id) {
        PreviewView last = view(id);
        previews.end(id);
        return last;
    }
}
