package io.consentbridge.sandbox.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * People who answer: each opens the links of a mail as a browser without scripts does, until one leads to a page with the
 * button, and presses it. Who does what depends on the seed and the address only.
 */
public final class Clicks {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern BUTTON = Pattern.compile("<button[^>]*name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Postbox postbox;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Set<Long> decided = new HashSet<>();

    /**
     * What people did.
     *
     * @param confirmed how many pressed the button that agrees
     * @param refused how many pressed the other one
     * @param ignored how many did nothing
     */
    public record Done(int confirmed, int refused, int ignored) {}

    public Clicks(Postbox postbox) {
        this.postbox = postbox;
    }

    /**
     * Lets the people answer whose mails came since the last call.
     *
     * @param confirm the share of them who agree, from 0 to 1
     * @param refuse the share of them who refuse
     */
    public synchronized Done answer(double confirm, double refuse, long seed) {
        int[] done = new int[3];
        for (ReceivedMail mail : postbox.mails()) {
            if (mail.links().isEmpty() || !decided.add(mail.id())) {
                continue;
            }
            double chance = new SplittableRandom(seed * 1_000_003 + mail.to().hashCode()).nextDouble();
            if (chance < confirm) {
                done[0] += press(mail, "confirm") ? 1 : 0;
            } else if (chance < confirm + refuse) {
                done[1] += press(mail, "refuse") ? 1 : 0;
            } else {
                done[2]++;
            }
        }
        return new Done(done[0], done[1], done[2]);
    }

    /** Follows every link of every mail twice, as a scanner does, and presses nothing; returns how many links there were. */
    public int scan() {
        int links = 0;
        for (ReceivedMail mail : postbox.mails()) {
            for (String link : mail.links()) {
                send(HttpRequest.newBuilder(URI.create(link)).GET());
                send(HttpRequest.newBuilder(URI.create(link)).method("HEAD", BodyPublishers.noBody()));
                links++;
            }
        }
        return links;
    }

    private boolean press(ReceivedMail mail, String answer) {
        UncheckedIOException away = null;
        for (String link : mail.links()) {
            try {
                if (press(URI.create(link), answer)) {
                    return true;
                }
            } catch (UncheckedIOException unreachable) {
                away = unreachable;
            }
        }
        if (away != null) {
            throw away;
        }
        return false;
    }

    private boolean press(URI link, String answer) {
        String page = send(HttpRequest.newBuilder(link).GET());
        Matcher form = FORM.matcher(page);
        Matcher button = BUTTON.matcher(page);
        if (!form.find()) {
            return false;
        }
        StringBuilder fields = new StringBuilder();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            fields.append(field(hidden.group(1), unescaped(hidden.group(2)))).append('&');
        }
        while (button.find()) {
            if (button.group(2).equals(answer)) {
                fields.append(field(button.group(1), button.group(2)));
                send(HttpRequest.newBuilder(link.resolve(unescaped(form.group(1))))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("User-Agent", "Sandbox")
                        .POST(BodyPublishers.ofString(fields.toString())));
                return true;
            }
        }
        return false;
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String field(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException away) {
            throw new UncheckedIOException("the page behind a link cannot be reached: " + away.getMessage(), away);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
