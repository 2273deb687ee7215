package io.consentbridge.sync;

import java.util.Locale;

/** Joins what is wrong and what to do about it: "unknown key "schedual". Did you mean "schedule"?". */
public final class Remedy {

    private Remedy() {}

    /**
     * Both as sentences.
     *
     * @param what what is wrong, with or without a full stop
     * @param remedy what to do, beginning with a small letter or a capital
     */
    public static String after(String what, String remedy) {
        boolean ended = what.endsWith(".") || what.endsWith("?") || what.endsWith("!");
        return what + (ended ? " " : ". ") + remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1);
    }
}
