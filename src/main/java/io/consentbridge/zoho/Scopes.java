package io.consentbridge.zoho;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scopes of a credential, as the accounts server reports them with an access token. It does not always report them
 * (docs/zoho-notes.md, "Accounts: token endpoint"), and their form is known from few replies, so only a scope that is
 * certainly missing is reported as missing.
 */
public final class Scopes {

    /** The code of a call that is refused for a missing scope (docs/zoho-notes.md, "CRM: scopes"). */
    public static final String MISMATCH = "OAUTH_SCOPE_MISMATCH";

    private static final String ALL = "all";

    /**
     * The wider operations that include an operation (docs/zoho-notes.md, "Campaigns: scopes"; what the CRM's WRITE contains
     * is not documented).
     */
    private static final List<String> WRITES = List.of("write", "create-update");

    private static final Pattern NAMED = Pattern.compile("Zoho(?:CRM|Campaigns)\\.\\w+(?:\\.\\w+)+");

    private final Set<String> granted;

    private Scopes(Set<String> granted) {
        this.granted = granted;
    }

    /** The scopes in a text that separates them by blanks or commas. */
    public static Scopes of(String text) {
        return new Scopes(Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The scopes that a message names. */
    public static Set<String> namedIn(String message) {
        return NAMED.matcher(message).results().map(MatchResult::group).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether no scope is known, which means nothing. */
    public boolean isEmpty() {
        return granted.isEmpty();
    }

    /**
     * Whether a call that needs the scope is permitted: by the scope itself, by a wider group ({@code ZohoCRM.modules.READ}
     * for {@code ZohoCRM.modules.leads.READ}), or by a wider operation ({@code ALL}).
     */
    public boolean permit(String needed) {
        String scope = needed.toLowerCase(Locale.ROOT);
        int last = scope.lastIndexOf('.');
        String operation = scope.substring(last + 1);
        for (String group = scope.substring(0, last);
                group.contains(".");
                group = group.substring(0, group.lastIndexOf('.'))) {
            String within = group;
            if (operations(operation).anyMatch(wide -> granted.contains(within + "." + wide))) {
                return true;
            }
        }
        return false;
    }

    private static Stream<String> operations(String operation) {
        Stream<String> own = Stream.of(operation, ALL);
        return operation.equals("read") || operation.equals("delete") ? own : Stream.concat(own, WRITES.stream());
    }
}
