package io.consentbridge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who open the links of their mails and press a button, each after a while of their own, and again for as long as the
 * page does not answer. What the page answered with is remembered.
 */
final class LoopVisitors implements AutoCloseable {

    private static final int OK = 200;
    private static final int MOST_PATIENCE_MILLIS = 400;
    private static final long LOOK_MILLIS = 20;

    /** What a person does with a link. */
    enum Will {
        AGREE(List.of("confirm")),
        AGREE_TWICE_AT_ONCE(List.of("confirm", "confirm")),
        REFUSE(List.of("refuse")),
        AGREE_AND_REFUSE_AT_ONCE(List.of("confirm", "refuse")),
        ONLY_LOOK(List.of());

        private final List<String> answers;

        Will(List<String> answers) {
            this.answers = answers;
        }

        /** The answer that has to be taken, whatever became of the others. */
        private String last() {
            return answers.get(answers.size() - 1);
        }
    }

    private final String page;
    private final Callable<Map<String, List<String>>> mailbox;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(4);
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final AtomicInteger clicks = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Map<String, Will> wills = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private final List<String> odd = new ArrayList<>();

    /** @param mailbox the links of the mails, by address */
    LoopVisitors(int port, long seed, Callable<Map<String, List<String>>> mailbox) {
        this.page = "http://127.0.0.1:" + port;
        this.mailbox = mailbox;
        this.random = new Random(seed);
        people.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many buttons were pressed of a page that was shown. */
    int clicks() {
        return clicks.get();
    }

    /** How many of them were not answered. */
    int lost() {
        return lost.get();
    }

    /** What everybody who has a mail wants. */
    Map<String, Will> wills() {
        return Map.copyOf(wills);
    }

    /** The answers that the page took, with 200, of that person. */
    Set<String> taken(String address) {
        return Set.copyOf(taken.getOrDefault(address, Set.of()));
    }

    /** Whether everybody who has a mail has done what they want. */
    boolean idle() {
        return wills.entrySet().stream().allMatch(one -> done(one.getKey(), one.getValue()));
    }

    private boolean done(String address, Will will) {
        return will == Will.ONLY_LOOK
                ? looked.contains(address)
                : taken(address).contains(will.last());
    }

    /** Answers that the page should never give. */
    List<String> odd() {
        synchronized (odd) {
            return List.copyOf(odd);
        }
    }

    private void look() {
        try {
            Map<String, List<String>> links = mailbox.call();
            links.forEach((address, all) -> {
                if (wills.putIfAbsent(address, Will.values()[random.nextInt(Will.values().length)]) == null) {
                    visitLater(address, all.get(0), random.nextInt(MOST_PATIENCE_MILLIS));
                }
            });
        } catch (Exception failed) {
            tell("the mailbox: " + failed);
        }
    }

    private void visitLater(String address, String link, int millis) {
        people.schedule(() -> visit(address, link), millis, TimeUnit.MILLISECONDS);
    }

    private void visit(String address, String link) {
        Will will = wills.get(address);
        try {
            HttpRequest open = HttpRequest.newBuilder(URI.create(link))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            int shown = http.send(open, BodyHandlers.ofString()).statusCode();
            if (shown != OK) {
                tell("a link is answered with " + shown);
            }
            looked.add(address);
            String token = link.substring(link.lastIndexOf('/') + 1);
            List<Future<Integer>> pressed = new ArrayList<>();
            for (String answer : will.answers) {
                pressed.add(hands.submit(() -> press(token, answer)));
            }
            clicks.addAndGet(pressed.size());
            for (int i = 0; i < pressed.size(); i++) {
                answered(address, will.answers.get(i), pressed.get(i));
            }
        } catch (IOException down) {
            // The process was killed; the person comes back.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!done(address, will)) {
            visitLater(address, link, (int) LOOK_MILLIS);
        }
    }

    private void answered(String address, String answer, Future<Integer> pressed) throws InterruptedException {
        try {
            int status = pressed.get();
            if (status == OK) {
                taken.computeIfAbsent(address, one -> ConcurrentHashMap.newKeySet())
                        .add(answer);
            } else if (wills.get(address) != Will.AGREE_AND_REFUSE_AT_ONCE || status != 409) {
                tell(answer + " is answered with " + status);
            }
        } catch (ExecutionException killed) {
            if (!(killed.getCause() instanceof IOException)) {
                tell(answer + " fails: " + killed.getCause());
            }
            lost.incrementAndGet();
        }
    }

    private int press(String token, String answer) throws IOException, InterruptedException {
        HttpRequest press = HttpRequest.newBuilder(URI.create(page + "/answer"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token + "&answer=" + answer))
                .build();
        return http.send(press, BodyHandlers.ofString()).statusCode();
    }

    private void tell(String what) {
        synchronized (odd) {
            odd.add(what);
        }
    }

    @Override
    public void close() {
        people.shutdownNow();
        hands.shutdownNow();
    }
}
