package io.consentbridge.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Finds classes by name as Camel does, each once: an expression such as {@code ${body} is 'java.io.InputStream'} asks for its
 * class each time. Names come from route files and settings, so there are few.
 */
class KnownClasses extends DefaultClassResolver {

    private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

    KnownClasses(CamelContext context) {
        super(context);
    }

    @Override
    public Class<?> resolveClass(String name) {
        Class<?> known = found.get(name);
        if (known != null) {
            return known;
        }
        Class<?> resolved = super.resolveClass(name);
        if (resolved != null) {
            found.put(name, resolved);
        }
        return resolved;
    }
}
