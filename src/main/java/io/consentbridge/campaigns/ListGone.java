package io.consentbridge.campaigns;

import io.consentbridge.zoho.ZohoFault;
import java.util.Set;

/** The codes by which Campaigns says that it does not have the list that it was asked about. */
public final class ListGone {

    /** That Campaigns has no list of the name, as a look at all its lists showed; no code of Campaigns. */
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
