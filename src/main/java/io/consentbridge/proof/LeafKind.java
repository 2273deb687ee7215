package io.consentbridge.proof;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What many entries of the log have in common: everything of an entry but its number, its time, its subject and its
 * evidence. All parts are words of the product and names of the settings; none may hold personal data. A part that does not
 * apply is an empty text.
 *
 * @param event what happened, such as {@code given}
 * @param statementVersion the version of the consent statement
 * @param tableVersion the version of the consent table
 * @param rule the row of the consent table that decided
 * @param source where it came from: crm, campaigns, page, mail, operator, product
 * @param inputs what the rule read, as words
 */
public record LeafKind(
        String event,
        String connection,
        String purpose,
        String statementVersion,
        String tableVersion,
        String rule,
        String source,
        Map<String, String> inputs) {

    public LeafKind {
        inputs = Map.copyOf(inputs);
    }

    /** Members of a JSON object in canonical form (RFC 8785), without the braces around them. */
    static String members(Map<String, ?> members) {
        try {
            String object = new JsonCanonicalizer(JsonText.object(members)).getEncodedString();
            return object.substring(1, object.length() - 1);
        } catch (IOException notJson) {
            throw new BrokenProof("An entry of the ledger has no canonical form.", notJson);
        }
    }

    /** The members as a map, for the canonical form of a whole entry. */
    Map<String, Object> asMap() {
        Map<String, Object> members = new TreeMap<>();
        members.put("connection", connection);
        members.put("event", event);
        members.put("inputs", inputs);
        members.put("purpose", purpose);
        members.put("rule", rule);
        members.put("source", source);
        members.put("statementVersion", statementVersion);
        members.put("tableVersion", tableVersion);
        return members;
    }
}
