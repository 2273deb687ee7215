package io.consentbridge.campaigns;

import io.consentbridge.zoho.ZohoFault;
import java.util.Set;

/** Knows the codes by which Campaigns says that a list does not exist. */
public final class ListGone {

    /** The code for a list whose name was not found among all lists; no code of Campaigns. */
    public static final String NO_LIST = "no-list";

    private static final Set<String> CODES = Set.of("2501", "2002", "2102", "2202", "2206", NO_LIST);

    private ListGone() {}

    /** Whether that reply says so. */
    public static boolean isSaidBy(ZohoFault.Rejected reply) {
        return isSaidBy(reply.code());
    }

    /** Whether that code says so; null does not. */
    public static boolean isSaidBy(String code) {
        return code != null && CODES.contains(code);
    }
}
