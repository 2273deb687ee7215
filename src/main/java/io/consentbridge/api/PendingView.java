package io.consentbridge.api;

import io.consentbridge.confirmation.RequestQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The open requests for consent.
 *
 * @param totals how many requests there are in each state, the answered ones included
 * @param requests the open ones, the oldest first; without the people
 * @param more whether there are further ones
 */
public record PendingView(List<Total> totals, List<Open> requests, boolean more) {

    /** The greatest number of requests that are listed. */
    static final int MOST = 1000;

    /** How many requests of a purpose are in a state. */
    public record Total(String connection, String purpose, String state, long requests) {}

    /**
     * An open request.
     *
     * @param via mail or zoho
     * @param ground why the person may be asked
     * @param ageSeconds since it was made
     * @param sent when the mail was sent; null if it was not, or if nobody knows
     * @param expires when it expires
     */
    public record Open(
            String connection,
            String purpose,
            String state,
            String via,
            String ground,
            String module,
            String record,
            Instant requested,
            long ageSeconds,
            Instant sent,
            Instant expires) {

        static Open of(RequestQueries.Shown request, Instant now) {
            return new Open(
                    request.connection(),
                    request.purpose(),
                    request.state().word(),
                    request.via(),
                    request.ground(),
                    request.module(),
                    request.recordId(),
                    request.requestedAt(),
                    Math.max(0, Duration.between(request.requestedAt(), now).toSeconds()),
                    request.sentAt().orElse(null),
                    request.expiresAt().orElse(null));
        }
    }

    static PendingView of(RequestQueries queries, String purpose, Instant now) {
        List<RequestQueries.Shown> open = queries.open(purpose, MOST + 1);
        return new PendingView(
                queries.totals(purpose).stream()
                        .map(total -> new Total(
                                total.connection(),
                                total.purpose(),
                                total.state().word(),
                                total.requests()))
                        .toList(),
                open.stream().limit(MOST).map(request -> Open.of(request, now)).toList(),
                open.size() > MOST);
    }
}
