package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ZohoSeamsTest {

    @Test
    @DisplayName(
            "A failure on the way to Zoho, such as a database that cannot be written, reaches the caller unchanged")
    void failsAsItself() throws Exception {
        RuntimeException full = new IllegalStateException("the disk is full");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:find-lists").throwException(full);
                }
            });
            context.start();
            ZohoSeams seams = new ZohoSeams(context.createProducerTemplate());

            assertThatThrownBy(() -> seams.ask("find-lists", null, "q", String.class))
                    .isSameAs(full);
        }
    }
}
