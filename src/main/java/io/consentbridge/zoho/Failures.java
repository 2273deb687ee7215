package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;

/** Finds the actual failure beneath Camel's wrappers, whether it is from a later step of a split or an Error. */
public final class Failures {

    private Failures() {}

    /**
     * The same iterator, for a split. Camel makes every exception of an iterator the failure of its exchange, but lets an
     * Error through, so that the thread ends and the exchange counts as under way for ever. After a failure Camel iterates
     * once more to clean up; then there is nothing more, so that the failed call is not repeated.
     */
    public static <T> Iterator<T> guarded(Iterator<T> walk) {
        return new Iterator<>() {
            private boolean broken;

            @Override
            public boolean hasNext() {
                return !broken && guarded(walk::hasNext);
            }

            @Override
            public T next() {
                return guarded(walk::next);
            }

            private <R> R guarded(Supplier<R> step) {
                try {
                    return step.get();
                } catch (RuntimeException failure) {
                    broken = true;
                    throw failure;
                } catch (Error error) {
                    broken = true;
                    throw new RuntimeCamelException(error);
                }
            }
        };
    }

    /** The actual failure. */
    public static Throwable unwrapped(Throwable failure) {
        boolean wrapping = failure instanceof CamelExchangeException || failure instanceof RuntimeCamelException;
        return wrapping && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
    }

    /**
     * The actual failure; a breach if a step of a route was handed an object of another kind, which only an edited route
     * does.
     */
    public static Throwable told(Throwable failure) {
        Throwable itself = unwrapped(failure);
        return itself instanceof NoTypeConversionAvailableException wrong
                ? new ConsentBreach("a step that takes " + wrong.getToType().getSimpleName() + " is handed "
                        + (wrong.getFromType() == null
                                ? "nothing"
                                : wrong.getFromType().getSimpleName()))
                : itself;
    }

    /** The failure in one line, for people. The name of an Error says more than its message. */
    public static String text(Throwable failure) {
        Throwable itself = unwrapped(failure);
        String name = itself.getClass().getSimpleName();
        if (itself.getMessage() == null) {
            return name;
        }
        return itself instanceof Error ? name + ": " + itself.getMessage() : itself.getMessage();
    }
}
