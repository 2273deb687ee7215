package io.consentbridge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.consentbridge.zoho.Traced;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one request of the API: checks the token, carries out the request, and answers with JSON. It answers its failures
 * itself, so that no error handler of the pipeline ever parks a request.
 */
final class ApiEndpoint implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);

    private final ApiToken token;
    private final int success;
    private final Answer answer;

    /** Produces the result of a request, which is written as JSON. */
    @FunctionalInterface
    interface Answer {
        Object to(Message request) throws Exception;
    }

    ApiEndpoint(ApiToken token, int success, Answer answer) {
        this.token = token;
        this.success = success;
        this.answer = answer;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        if (!token.admits(message.getHeader("Authorization", String.class))) {
            problem(message, ProblemDetails.unauthorised());
            message.setHeader("WWW-Authenticate", "Bearer");
            return;
        }
        try {
            Object result = answer.to(message);
            respond(message, success, "application/json", result);
        } catch (JsonProcessingException unreadable) {
            problem(message, ProblemDetails.badRequest("the request body is not the expected JSON"));
        } catch (OperationFailure foreseen) {
            problem(message, ProblemDetails.of(foreseen));
        } catch (Exception | Error unforeseen) {
            // The exception's message may quote a person.
            LOG.error("The request failed: {}{}", unforeseen.getClass().getName(), origin(unforeseen));
            LOG.debug("The request was not carried out", Traced.of(unforeseen));
            problem(message, ProblemDetails.of(unforeseen));
        }
    }

    /** Returns the innermost stack frame in this product, which names no person. */
    private static String origin(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.consentbridge."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static void problem(Message message, ProblemDetails problem) throws JsonProcessingException {
        respond(message, problem.status(), "application/problem+json", problem);
    }

    private static void respond(Message message, int status, String type, Object document)
            throws JsonProcessingException {
        // Without this, the request's own headers would be sent back with the answer.
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(Json.MAPPER.writeValueAsString(document));
    }
}
