package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runtimes of one folder. */
class TwoRuntimesTest {

    private static final String HERE = "127.0.0.1";

    @TempDir
    private Path data;

    private record Node(Main main, FakeOperations operations, int port, ApiServer server) implements AutoCloseable {

        static Node start(Path data) throws Exception {
            Main main = new Main();
            main.configure().withAutoConfigurationEnabled(false);
            main.setDefaultPropertyPlaceholderLocation("false");
            main.start();
            FakeOperations operations = new FakeOperations();
            int port = freePort();
            return new Node(
                    main, operations, port, ApiServer.open(main.getCamelContext(), operations, data, HERE, port));
        }

        /** Ends it without a word, as a killed one does. */
        void kill() {
            main.stop();
        }

        @Override
        public void close() throws IOException {
            server.close();
            main.stop();
        }
    }

    @Test
    @DisplayName("keep two token files; commands ask the first, and the other when that has ended")
    void both() throws Exception {
        Node first = Node.start(data);
        try (Node second = Node.start(data)) {
            assertThat(data.toFile().list())
                    .containsExactlyInAnyOrder(ApiToken.FILE, ApiToken.FILE + "-" + second.port());
            ask();
            assertThat(first.operations().asked).containsExactly("syncs");

            first.close();
            ask();
            assertThat(second.operations().asked).containsExactly("syncs");

            try (Node third = Node.start(data)) {
                ask();
                assertThat(third.operations().asked).containsExactly("syncs");
            }
        }
        assertThat(data).isEmptyDirectory();
        assertThat(RemoteOperations.find(data)).isEmpty();
    }

    @Test
    @DisplayName("do not need the file of one that was killed")
    void killed() throws Exception {
        Node first = Node.start(data);
        try (Node second = Node.start(data)) {
            first.kill();
            ask();
            assertThat(second.operations().asked).containsExactly("syncs");

            try (Node third = Node.start(data)) {
                assertThat(ApiToken.read(data)).hasSize(2);
                ask();
                assertThat(third.operations().asked).containsExactly("syncs");
            }
        }
        assertThat(data).isEmptyDirectory();
    }

    private void ask() {
        RemoteOperations.find(data).orElseThrow().syncs();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            return probe.getLocalPort();
        }
    }
}
