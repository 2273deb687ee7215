package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Calls a {@code direct:} seam from Java: the exchange variable {@code connection} contains the {@link Connection}, the body
 * the question. Safe for many threads.
 */
public final class ZohoSeams {

    /** The exchange variable in which every seam finds its {@link Connection}. */
    public static final String CONNECTION = "connection";

    private final ProducerTemplate template;

    public ZohoSeams(ProducerTemplate template) {
        this.template = template;
    }

    /**
     * Asks a seam and waits for the answer.
     *
     * @param seam name of the seam without its scheme, such as {@code crm-query}
     * @throws ConsentBreach if the answer belongs to another question or connection
     * @throws ZohoFault the reason why Zoho did not answer, not wrapped
     */
    public <T> T ask(String seam, Connection connection, Object question, Class<T> answer) {
        Exchange exchange = template.request("direct:" + seam, asked -> {
            asked.setVariable(CONNECTION, connection);
            asked.getMessage().setBody(question);
        });
        Exception failure = exchange.getException();
        if (failure == null) {
            PlacedCall placed = PlacedCall.in(exchange);
            if (placed != null && !placed.request().connection().equals(connection.name())) {
                throw new ConsentBreach("the seam " + seam + " asks another connection than it was asked to");
            }
            T told = exchange.getMessage().getBody(answer);
            if (told instanceof Answer given && given.question() != question) {
                throw new ConsentBreach("the seam " + seam + " answers another question than it was asked");
            }
            return told;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ZohoFault fault) {
                throw fault;
            }
        }
        if (failure instanceof RuntimeException itself) {
            // Such as the database's, which tells people what to do; inside another exception it would not be
            // recognised.
            throw itself;
        }
        throw CamelExecutionException.wrapCamelExecutionException(exchange, failure);
    }
}
