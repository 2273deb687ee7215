package io.consentbridge.sync;

import java.util.Locale;

/** Joins a problem and its remedy: "unknown key "schedual". Did you mean "schedule"?". */
public final class Remedy {

    private Remedy() {}

    /**
     * Both as sentences.
     *
     * @param what the problem, with or without a full stop
     * @param remedy the remedy, beginning with a small letter or a capital
     */
    public static String after(String what, String remedy) {
        boolean ended = what.endsWith(".") || what.endsWith("?") || what.endsWith("!");
        return what + (ended ? " " : ". ") + remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1);
    }
}
