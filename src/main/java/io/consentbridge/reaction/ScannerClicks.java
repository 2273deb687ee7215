package io.consentbridge.reaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells clicks of people from those of link scanners. Servers that receive mail follow its links to see whether they are harmful:
 * several at once, as soon as the mail arrives, before anybody has opened it.
 */
public final class ScannerClicks {

    /** How soon after delivery, and within what time of each other, a scanner follows links. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private ScannerClicks() {}

    /**
     * The clicks that count as those of the person.
     *
     * @param delivered when the mail was delivered; empty if that is not known, and every click counts
     * @param opened when it was first opened; empty if that is not known
     * @param clicks when links were clicked, in any order
     */
    public static List<Instant> human(Optional<Instant> delivered, Optional<Instant> opened, List<Instant> clicks) {
        if (delivered.isEmpty()) {
            return List.copyOf(clicks);
        }
        Instant end = delivered.get().plus(AT_ONCE);
        List<Instant> atOnce = new ArrayList<>();
        List<Instant> later = new ArrayList<>();
        clicks.forEach(click -> (isBefore(click, end, opened) ? atOnce : later).add(click));
        return atOnce.size() > 1 ? later : List.copyOf(clicks);
    }

    private static boolean isBefore(Instant click, Instant end, Optional<Instant> opened) {
        return !click.isAfter(end) && opened.filter(at -> !at.isAfter(click)).isEmpty();
    }
}
