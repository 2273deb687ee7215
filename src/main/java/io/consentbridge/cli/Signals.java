package io.consentbridge.cli;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Receives Ctrl-C and SIGTERM instead of the JVM. Uses reflection, because the compiler accepts the JDK's own API, which
 * every Java from 17 on has (module jdk.unsupported), only with a warning.
 */
enum Signals {
    INT(2),
    TERM(15);

    private final int number;

    Signals(int number) {
        this.number = number;
    }

    /**
     * Calls the handler with the number of each signal from now on. Where the JVM was told to leave signals alone (-Xrs),
     * the operating system still acts on them.
     */
    static void hear(IntConsumer handler) {
        for (Signals signal : values()) {
            try {
                signal.lead(handler);
            } catch (ReflectiveOperationException | IllegalArgumentException reserved) {
                return;
            }
        }
    }

    private void lead(IntConsumer handler) throws ReflectiveOperationException {
        Class<?> kind = Class.forName("sun.misc.Signal");
        Class<?> handling = Class.forName("sun.misc.SignalHandler");
        Object heard = Proxy.newProxyInstance(
                handling.getClassLoader(), new Class<?>[] {handling}, (proxy, method, arguments) -> {
                    handler.accept(number);
                    return null;
                });
        Object signal = kind.getConstructor(String.class).newInstance(name());
        kind.getMethod("handle", kind, handling).invoke(null, signal, heard);
    }
}
