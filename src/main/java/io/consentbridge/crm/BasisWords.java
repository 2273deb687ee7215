package io.consentbridge.crm;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.RecordedBasis;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts the words by which records of a module state their lawful basis (docs/zoho-notes.md, "CRM: COQL grammar" and "CRM:
 * lawful basis and consent").
 */
public final class BasisWords {

    private static final String BASIS = "Data_Processing_Basis";

    private final ZohoSeams seams;
    private final BasisReader words;

    /** @param words knows which words have a meaning */
    public BasisWords(ZohoSeams seams, BasisReader words) {
        this.seams = seams;
        this.words = words;
    }

    /**
     * The unknown words with their numbers of records, the most frequent first; one call, which returns a row for each word.
     */
    public Map<String, Long> unknown(Connection connection, String module) {
        Condition others = Condition.isNotNull(BASIS).and(Condition.notIn(BASIS, BasisReader.HARMLESS));
        String query = "select " + BASIS + ", COUNT(id) from " + Coql.module(module) + " where " + others + " group by "
                + BASIS + " limit 2000";
        CrmReply reply = seams.ask(
                "crm-query",
                connection,
                new CrmCall(null, "coql", module, "coql", Map.of(), Map.of("select_query", query), null),
                CrmReply.class);
        Map<String, Long> found = new TreeMap<>();
        for (JsonValue row : reply.rows()) {
            String word = row.path(BASIS).text();
            if (words.read(word) instanceof RecordedBasis.Unknown) {
                found.merge(word, count(row), Long::sum);
            }
        }
        return found.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    // Under whatever name the CRM returns it.
    private static long count(JsonValue row) {
        for (JsonValue value : row.values()) {
            if (value.value() instanceof Integer || value.value() instanceof Long) {
                return value.whole(0);
            }
        }
        return 0;
    }
}
