package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Classes that expressions name. */
class KnownClassesTest {

    private static final String NAME = InputStream.class.getName();

    @Test
    @DisplayName("A class that an expression names is loaded once")
    void once() {
        List<String> loaded = new ArrayList<>();
        CamelContext context = new DefaultCamelContext();
        context.setClassResolver(new KnownClasses(context) {
            @Override
            protected Class<?> loadClass(String name, ClassLoader loader) {
                loaded.add(name);
                return super.loadClass(name, loader);
            }
        });
        DefaultExchange exchange = new DefaultExchange(context);
        for (Object body : List.of(InputStream.nullInputStream(), "text", InputStream.nullInputStream())) {
            exchange.getMessage().setBody(body);
            assertThat(context.resolveLanguage("simple")
                            .createPredicate("${body} is '" + NAME + "'")
                            .matches(exchange))
                    .isEqualTo(body instanceof InputStream);
        }
        assertThat(loaded).containsOnlyOnce(NAME);
    }

    @Test
    @DisplayName("A name without a class is looked for again, and gives none")
    void none() {
        CamelContext context = new DefaultCamelContext();
        KnownClasses classes = new KnownClasses(context);
        assertThat(classes.resolveClass("no.such.Name")).isNull();
        assertThat(classes.resolveClass("no.such.Name")).isNull();
        assertThat(classes.resolveClass(NAME)).isSameAs(InputStream.class);
    }
}
