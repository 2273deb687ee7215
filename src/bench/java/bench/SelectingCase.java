package bench;

import java.io.IOException;
import java.util.List;

/** First runs that select or map otherwise, each after a plain one. */
final class SelectingCase implements Case {

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        for (String sync : List.of("criteria", "view", "mapping")) {
            Product.Run plain = stage.first("plain-for-" + sync);
            stage.zoho().reset();
            Product.Run run = stage.product().sync(sync, sync, stage.embedded(sync));
            Stage.say(
                    sync,
                    "%s; ratio to plain %.2f; %,d records, %d CRM calls",
                    run.pace(),
                    run.rate() / plain.rate(),
                    run.people(),
                    run.crmCalls());
        }
    }
}
