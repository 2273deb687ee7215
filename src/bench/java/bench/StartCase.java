package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The time from the start of the process until it is ready, against that of a bare camel-main: as users have it, with the
 * classes that a rehearsal recorded, and without, as the bare one always starts.
 */
final class StartCase implements Case {

    /** What every JVM shares; given by name, the launcher adds nothing to it (docs/decisions/0008-start.md). */
    private static final Path JDK_ARCHIVE = Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");

    /** Seconds until ready, and seconds of processor time. */
    private record Start(double ready, double cpu) {}

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Store store = stage.embedded("start");
        product(stage, "start-0", store, Home.HEAP); // makes the database
        List<Start> bare = new ArrayList<>();
        List<Start> product = new ArrayList<>();
        List<Start> alone = new ArrayList<>();
        for (int turn = 1; turn <= Stage.TURNS; turn++) {
            bare.add(bare(stage, "start-bare-" + turn));
            product.add(product(stage, "start-" + turn, store, Home.HEAP));
            alone.add(
                    product(stage, "start-alone-" + turn, store, Home.HEAP + " -XX:SharedArchiveFile=" + JDK_ARCHIVE));
        }
        double ratio = ready(product) / ready(bare);
        Stage.say(
                "start",
                "%.2f s to ready, %.1f s CPU; bare camel-main %.2f s, %.1f s CPU; ratio %.2f; load %.1f",
                ready(product),
                cpu(product),
                ready(bare),
                cpu(bare),
                ratio,
                Machine.load());
        Stage.say(
                "",
                "without the archive of classes, which the bare one has not either: %.2f s, %.1f s CPU; ratio %.2f",
                ready(alone),
                cpu(alone),
                ready(alone) / ready(bare));
        stage.figure("start to ready ÷ bare camel-main", "", ratio, Target.atMost(1.2, 1.0));
    }

    private static Start product(Stage stage, String name, Store store, String options)
            throws IOException, InterruptedException {
        int port = Server.freePort();
        try (Server server = stage.product()
                .start(name, store, Map.of("HTTP_PORT", Integer.toString(port), "CONSENTBRIDGE_JAVA_OPTS", options))) {
            return started(server, port);
        }
    }

    private static Start bare(Stage stage, String name) throws IOException, InterruptedException {
        int port = Server.freePort();
        List<String> line = stage.home()
                .java(
                        BareMain.class,
                        Integer.toString(port),
                        stage.home()
                                .folder()
                                .resolve("src/bench/resources/bare.camel.yaml")
                                .toString());
        try (Server server = Server.start(stage.home().work(), name, line, Map.of())) {
            return started(server, port);
        }
    }

    private static Start started(Server server, int port) throws InterruptedException {
        double ready = server.ready("http://127.0.0.1:" + port + "/observe/health/ready");
        return new Start(ready, server.cpu());
    }

    private static double ready(List<Start> starts) {
        return Stage.median(starts.stream().mapToDouble(Start::ready).toArray());
    }

    private static double cpu(List<Start> starts) {
        return Stage.median(starts.stream().mapToDouble(Start::cpu).toArray());
    }
}
