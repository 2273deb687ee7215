package io.consentbridge.sandbox.campaigns;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows which addresses Campaigns refuses by their form. */
final class Addresses {

    private static final Pattern VALID = Pattern.compile(
            "[^\\s@,;:<>()\\[\\]\"\\\\.]+(\\.[^\\s@,;:<>()\\[\\]\"\\\\.]+)*@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+([\\p{L}]{2,}|xn--[a-z0-9-]+)");
    private static final int LONGEST = 254;

    /**
     * Named in Zoho's help or refused on a real account (docs/zoho-notes.md, "Campaigns: leavers and group addresses"); the
     * full list is not published.
     */
    private static final Set<String> GROUPS = Set.of(
            "info", "administrator", "admin", "careers", "service", "support", "hr", "webmaster", "sales", "contact");

    private Addresses() {}

    static boolean valid(String email) {
        String text = email.trim();
        return text.length() <= LONGEST && VALID.matcher(text).matches();
    }

    static boolean group(String email) {
        int at = email.indexOf('@');
        return at > 0 && GROUPS.contains(email.substring(0, at).trim().toLowerCase(Locale.ROOT));
    }
}
