package io.consentbridge.mailing;

import java.text.Normalizer;
import java.util.Locale;

/** Who may approve a campaign: people other than its author, each once. Names are compared without case and blanks. */
public final class Approvers {

    private Approvers() {}

    /** Whether two names mean one person. */
    public static boolean same(String one, String other) {
        return form(one).equals(form(other));
    }

    /** The one form of a name. */
    public static String form(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?U)\\s+", " ")
                .strip();
    }
}
