package bench;

import java.io.IOException;
import java.sql.SQLException;

/** The rate of a first run over PostgreSQL against that over the embedded database, in turns. */
final class PostgresCase implements Case {

    @Override
    public void run(Stage stage) throws IOException, InterruptedException, SQLException {
        try (Postgres postgres = Postgres.open(stage.home(), stage.options().postgres())) {
            double[] ratios = new double[Stage.TURNS];
            for (int turn = 0; turn < Stage.TURNS; turn++) {
                Product.Run embedded = stage.first("embedded-" + (turn + 1));
                Stage.say("embedded", "%s", embedded.pace());
                Product.Run other = stage.first("postgres-" + (turn + 1), postgres.fresh());
                postgres.drop();
                ratios[turn] = other.rate() / embedded.rate();
                Stage.say("PostgreSQL", "%s; ratio %.2f; load %.1f", other.pace(), ratios[turn], Machine.load());
            }
            stage.figure("rate over PostgreSQL ÷ embedded", "", Stage.median(ratios), Target.atLeast(0.5, 0.7));
        }
    }
}
