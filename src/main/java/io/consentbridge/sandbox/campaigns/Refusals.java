package io.consentbridge.sandbox.campaigns;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * People who left a list by themselves and did not come back by themselves. The organisation forgets this when a contact is
 * purged or a list is deleted; the sandbox, as a witness, does not. Safe for use by several threads.
 */
final class Refusals {

    private final Set<String> left = ConcurrentHashMap.newKeySet();

    private static String key(String list, String email) {
        return list.toLowerCase(Locale.ROOT) + "\n" + email;
    }

    void left(String list, String email) {
        left.add(key(list, email));
    }

    void cameBack(String list, String email) {
        left.remove(key(list, email));
    }

    boolean stands(String list, String email) {
        return left.contains(key(list, email));
    }
}
