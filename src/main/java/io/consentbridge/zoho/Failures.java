package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;

/** Finds the actual failure beneath Camel's wrappers, whether it is from a later step of a split or an Error. */
public final class Failures {

    private static final String OWN = "io.consentbridge.";

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
        boolean wrapping = failure instanceof CamelExchangeException
                || failure instanceof RuntimeCamelException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException;
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
                                : wrong.getFromType().getSimpleName())
                        + FailedStep.of(itself).map(step -> ": " + step).orElse(""))
                : itself;
    }

    /**
     * The failure in one line, for people and logs. The messages of the product's own failures name nobody. Those of Java, of
     * libraries and of an integrator's steps may quote what was worked on ({@code For input string: "Doe"}), so only the kind
     * is told, with the step that it comes from. The name of an Error says more than its message.
     */
    public static String text(Throwable failure) {
        Throwable itself = unwrapped(failure);
        String name = itself.getClass().getSimpleName();
        String from = FailedStep.of(itself).map(step -> " in " + step).orElse("");
        if (itself.getMessage() == null) {
            return name + from;
        }
        if (!isTold(itself)) {
            return name + from + " (its message is left out, because it may quote a person)";
        }
        return itself instanceof Error ? name + ": " + itself.getMessage() : itself.getMessage();
    }

    /** Whether the product made the message: not where it only repeats that of a cause. */
    private static boolean isOurs(Throwable failure) {
        StackTraceElement[] places = failure.getStackTrace();
        boolean thrownHere = places.length > 0 && places[0].getClassName().startsWith(OWN);
        Throwable cause = failure.getCause();
        return thrownHere && (cause == null || !failure.getMessage().equals(cause.toString()));
    }

    /** Whether the message of the failure, without its causes, is known to name nobody. */
    static boolean isTold(Throwable failure) {
        return failure.getMessage() != null
                && (isOurs(failure)
                        || failure.getClass().getName().startsWith(OWN)
                        || failure instanceof VirtualMachineError
                        || failure instanceof LinkageError
                        || failure instanceof SocketException
                        || failure instanceof FileSystemException);
    }
}
