package bench;

import java.io.IOException;
import java.util.List;

/** The calls of runs that follow a first one: with people who left and bounced, with nothing new, and with changes. */
final class QuietCase implements Case {

    /** So many leave the list, and so many bounce there, before the quiet run; and so many Campaigns lists a page. */
    private static final int LEFT = 600;

    private static final int BOUNCED = 40;
    private static final int PAGE = 500;
    /** What a quiet run may cost beside the pages of those who left and bounced. */
    private static final int ALLOWED = 12;

    private static final int CHANGES = 100;

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Store store = stage.embedded("quiet");
        stage.first("quiet-first", store);
        List<String> active = stage.zoho().active(Product.LIST);
        stage.zoho().happens("unsubscribe", Product.LIST, active.subList(0, LEFT));
        stage.zoho().happens("bounce", Product.LIST, active.subList(LEFT, LEFT + BOUNCED));
        stage.product().sync("quiet-left", Product.PLAIN, store);

        Product.Run quiet = stage.product().sync("quiet", Product.PLAIN, store);
        int allowed = ALLOWED + pages(LEFT) + pages(BOUNCED);
        Stage.say(
                "quiet run",
                "%d calls with %,d who left and %,d who bounced, %d subscriptions, %.1f s, %.1f s CPU",
                quiet.allCalls(),
                LEFT,
                BOUNCED,
                quiet.pace().calls(),
                quiet.pace().took().wall(),
                quiet.cpu());
        Stage.say("", "%s", quiet.methods());
        stage.figure("calls of a quiet run", "", quiet.allCalls(), Target.atMost(allowed, allowed));

        stage.zoho().change(stage.zoho().leadsOn(Product.LIST).subList(0, CHANGES), "Changed");
        Product.Run changed = stage.product().sync("quiet-changed", Product.PLAIN, store);
        Stage.say(
                CHANGES + " changes",
                "%d subscriptions, %d CRM calls, %.1f s, %.1f s CPU",
                changed.pace().calls(),
                changed.crmCalls(),
                changed.pace().took().wall(),
                changed.cpu());
    }

    private static int pages(int people) {
        return (people + PAGE - 1) / PAGE;
    }
}
