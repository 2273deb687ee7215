package io.consentbridge.quota;

import java.time.Duration;
import java.util.List;

/**
 * The number of calls allowed to a method (docs/zoho-notes.md, "Campaigns: call limits").
 *
 * @param windows all of them apply at once; empty for no limit
 */
public record Quota(List<Window> windows) {

    /** No limit. */
    public static final Quota NONE = new Quota(List.of());

    public Quota {
        windows = List.copyOf(windows);
        if (windows.stream().map(Window::length).distinct().count() < windows.size()) {
            throw new IllegalArgumentException("two windows of one quota have the same length");
        }
    }

    /** At most {@code limit} calls in any {@code length} of whole seconds. */
    public record Window(int limit, Duration length) {

        public Window {
            if (limit < 1 || length.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "a window needs a limit of 1 or more and a length of a second or more");
            }
        }
    }

    /** The quota of each method of each connection. */
    @FunctionalInterface
    public interface Settings {

        /** The quota of a method; never null, {@link #NONE} if there is no limit. */
        Quota of(String connection, String method);
    }
}
