package io.consentbridge.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.consentbridge.confirmation.RequestQueries;
import io.consentbridge.confirmation.RequestState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The requests for consent of one purpose, counted by what became of them.
 *
 * @param purpose name of the purpose
 * @param requested all of them
 * @param waiting people whose mail is not sent yet
 * @param sent people who have a mail and have not answered
 * @param confirmed people who agreed
 * @param refused people who refused, at once or later
 * @param expired requests without an answer in time, and consents that have ended
 * @param bounced people whose mail came back
 */
@JsonPropertyOrder({"purpose", "requested", "waiting", "sent", "confirmed", "refused", "expired", "bounced"})
public record ConfirmationsView(
        String purpose,
        long requested,
        long waiting,
        long sent,
        long confirmed,
        long refused,
        long expired,
        long bounced) {

    /** The purposes of these totals, by name. */
    static List<ConfirmationsView> of(List<RequestQueries.Total> totals) {
        return totals.stream()
                .collect(groupingBy(
                        RequestQueries.Total::purpose,
                        TreeMap::new,
                        toMap(RequestQueries.Total::state, RequestQueries.Total::requests, Long::sum)))
                .entrySet()
                .stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ConfirmationsView of(String purpose, Map<RequestState, Long> counts) {
        return new ConfirmationsView(
                purpose,
                counts.values().stream().mapToLong(Long::longValue).sum(),
                count(counts, RequestState.REQUESTED, RequestState.SENDING),
                count(counts, RequestState.SENT),
                count(counts, RequestState.GIVEN),
                count(counts, RequestState.REFUSED, RequestState.WITHDRAWN),
                count(counts, RequestState.EXPIRED),
                count(counts, RequestState.BOUNCED));
    }

    private static long count(Map<RequestState, Long> counts, RequestState... states) {
        return Stream.of(states)
                .mapToLong(state -> counts.getOrDefault(state, 0L))
                .sum();
    }
}
