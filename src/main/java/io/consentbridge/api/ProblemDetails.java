package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A failure as a document (RFC 9457): the answer of the HTTP API and the output of {@code --json}.
 *
 * @param title the kind of failure, in words
 * @param status the HTTP status that belongs to it
 * @param kind the kind for programs: unknown-name, refused, misconfigured, out-of-reach, unauthorised, failed
 * @param detail what is wrong and what to do
 * @param suggestions similar names; left out when there are none
 * @param problems of the configuration; left out when there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
        String title, int status, String kind, String detail, List<String> suggestions, List<Problem> problems) {

    private static final String UNKNOWN = "unknown-name";
    private static final String REFUSED = "refused";
    private static final String MISCONFIGURED = "misconfigured";
    private static final String OUT_OF_REACH = "out-of-reach";

    public ProblemDetails {
        suggestions = suggestions == null ? List.of() : List.copyOf(suggestions);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    /**
     * Returns the document of any failure; an unexpected failure shows only its type, since its message may contain
     * anything.
     */
    public static ProblemDetails of(Throwable failure) {
        if (failure instanceof OperationFailure.UnknownName unknown) {
            return new ProblemDetails(
                    "Not found", 404, UNKNOWN, unknown.getMessage(), unknown.suggestions(), List.of());
        } else if (failure instanceof OperationFailure.Refused refused) {
            return of("Refused", 409, REFUSED, refused.getMessage());
        } else if (failure instanceof OperationFailure.Misconfigured wrong) {
            return new ProblemDetails(
                    "Configuration", 422, MISCONFIGURED, wrong.getMessage(), List.of(), wrong.problems());
        } else if (failure instanceof OperationFailure.OutOfReach away) {
            return of("Out of reach", 503, OUT_OF_REACH, away.getMessage());
        }
        return of(
                "Failed",
                500,
                "failed",
                failure.getClass().getSimpleName()
                        + ". The log of the runtime says where; log.level = debug logs the stack trace");
    }

    static ProblemDetails unauthorised() {
        return of(
                "Unauthorised",
                401,
                "unauthorised",
                "send the token from the file api-token in the data folder, or from api-token-PORT of a further"
                        + " runtime");
    }

    static ProblemDetails badRequest(String detail) {
        return of("Bad request", 400, REFUSED, detail);
    }

    /** Returns the failure with which a runtime answered. */
    OperationFailure toFailure() {
        return switch (kind) {
            case UNKNOWN -> new OperationFailure.UnknownName(detail, suggestions);
            case REFUSED -> new OperationFailure.Refused(detail);
            case MISCONFIGURED ->
                new OperationFailure.Misconfigured(problems.isEmpty() ? List.of(Problem.of(detail)) : problems);
            default -> new OperationFailure.OutOfReach("the request failed in the runtime: " + detail, null);
        };
    }

    private static ProblemDetails of(String title, int status, String kind, String detail) {
        return new ProblemDetails(title, status, kind, detail, List.of(), List.of());
    }
}
