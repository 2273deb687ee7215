package io.consentbridge.sandbox;

import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.campaigns.MailingScreen;
import io.consentbridge.sandbox.people.Records;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Fills Campaigns with what it holds before the first call. */
final class Beginning {

    private Beginning() {}

    static void fill(Backstage campaigns, MailingScreen mailings, List<Records.Known> known) {
        campaigns.addTopic("Product news", "News of our products");
        campaigns.addTopic("Events", "Fairs and open days");
        campaigns.addTopic("Offers", "Special offers");
        campaigns.addList(Sandbox.EXISTING_LIST, false);
        campaigns.addList("Product News Confirmation", true);
        for (Records.Known person : known) {
            campaigns.join(
                    Sandbox.EXISTING_LIST,
                    person.email(),
                    Map.of("First Name", person.first(), "Last Name", person.last()));
            Backstage.Event event = switch (person.status()) {
                case ACTIVE -> null;
                case UNSUBSCRIBED -> Backstage.Event.UNSUBSCRIBE;
                case BOUNCED -> Backstage.Event.BOUNCE;
                case BLOCKED -> Backstage.Event.BLOCK;
                case DO_NOT_MAIL -> Backstage.Event.DO_NOT_MAIL;
                case SPAM -> Backstage.Event.COMPLAIN;
            };
            if (event != null) {
                campaigns.happens(event, Sandbox.EXISTING_LIST, person.email());
            }
        }
        past(mailings, "Spring news", 40, false);
        past(mailings, "Summer news", 10, true);
    }

    private static void past(MailingScreen mailings, String name, int daysAgo, boolean last) {
        String key = mailings.make(new MailingScreen.Draft(
                name, name, "Example", "news@example.com", Sandbox.EXISTING_LIST, null, "<p>" + name + "</p>", false));
        mailings.happened(key, Duration.ofDays(daysAgo), last);
    }
}
