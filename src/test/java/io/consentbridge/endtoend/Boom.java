package io.consentbridge.endtoend;

import io.consentbridge.zoho.Failures;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Steps that a test puts into the routes, and that throw an Error so often as it says. Public, as Camel calls it. */
public final class Boom {

    private static final Map<String, AtomicInteger> ORDERED = new ConcurrentHashMap<>();

    static void failing(String step, int times) {
        ORDERED.put(step, new AtomicInteger(times));
    }

    static void none() {
        ORDERED.clear();
    }

    public void decide() {
        go("decide", new StackOverflowError());
    }

    public void admit() {
        go("admit", new NoClassDefFoundError("io/example/Gone"));
    }

    public void fail() {
        go("fail", new OutOfMemoryError("Java heap space"));
    }

    public void send() {
        go("send", new OutOfMemoryError("Java heap space"));
    }

    public void settle() {
        go("settle", new OutOfMemoryError("Java heap space"));
    }

    /** Pages that fail while they are walked. */
    public Iterator<String> walk() {
        if (!strikes("walk")) {
            return List.<String>of().iterator();
        }
        return Failures.guarded(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            private int pages;

            @Override
            public String next() {
                if (pages++ == 2) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return "page";
            }
        });
    }

    private static void go(String step, Error error) {
        if (strikes(step)) {
            throw error;
        }
    }

    private static boolean strikes(String step) {
        AtomicInteger left = ORDERED.get(step);
        return left != null && left.getAndDecrement() > 0;
    }
}
