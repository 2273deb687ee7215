package io.consentbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.zoho.ZohoFault;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The routes of update-records.camel.yaml. */
class UpdateRecordsRoutesTest extends RouteTest {

    private static final String BATCH = "direct:write-records";

    UpdateRecordsRoutesTest() {
        super("routes/update-records.camel.yaml", FAILURES);
    }

    /** Two batches. */
    public static final class Claims {

        public Iterator<String> claim() {
            return List.of("first", "second").iterator();
        }
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("recordWrites", new Claims());
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps();
        context.start();
    }

    @Test
    @DisplayName("Each batch that is claimed is written, one after another")
    void eachBatch() {
        template.sendBody("direct:update-records", null);

        assertThat(steps()).containsExactly(BATCH, BATCH);
        assertThat(bodies(BATCH)).containsExactly("first", "second");
    }

    @Test
    @DisplayName("A batch is prepared, sent, read and settled")
    void written() {
        template.sendBody(BATCH, "batch");

        assertThat(steps())
                .containsExactly(
                        "recordWrites.prepare", "direct:crm-update", "recordWrites.read", "direct:settle-records");
    }

    @Test
    @DisplayName("A transient fault is retried, then judged and settled")
    void disturbed() {
        fail("direct:crm-update", new ZohoFault.Transient("the CRM answers 503", null));
        template.sendBody(BATCH, "batch");

        assertThat(steps())
                .containsExactly(
                        "recordWrites.prepare",
                        "direct:crm-update",
                        "direct:crm-update",
                        "direct:crm-update",
                        "recordWrites.failed",
                        "direct:settle-records");
    }

    @Test
    @DisplayName("A refusal is judged and settled at once")
    void refused() {
        fail("direct:crm-update", new ZohoFault.Rejected("INVALID_MODULE", "there is no such module"));
        template.sendBody(BATCH, "batch");

        assertThat(steps())
                .containsExactly(
                        "recordWrites.prepare", "direct:crm-update", "recordWrites.failed", "direct:settle-records");
    }

    @Test
    @DisplayName("A batch that cannot be settled is reported, and no further one is begun")
    void reported() {
        fail(BATCH, new IllegalStateException("the database is away"));
        template.sendBody("direct:update-records", null);

        assertThat(steps()).containsExactly(BATCH, "recordWrites.interrupted");
    }

    @Test
    @DisplayName("Settling is one step")
    void settled() {
        template.sendBody("direct:settle-records", "settled");

        assertThat(steps()).containsExactly("recordWrites.settle");
    }
}
