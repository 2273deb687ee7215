package io.consentbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.zoho.ZohoFault;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The routes of start-workflows.camel.yaml. */
class StartWorkflowsRoutesTest extends RouteTest {

    private static final String BATCH = "direct:start-workflow";

    StartWorkflowsRoutesTest() {
        super("routes/start-workflows.camel.yaml", FAILURES);
    }

    /** One batch. */
    public static final class Claims {

        public Iterator<String> claim() {
            return List.of("batch").iterator();
        }
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("workflowStarts", new Claims());
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps();
        context.start();
    }

    @Test
    @DisplayName("Each batch that is claimed is handed over")
    void eachBatch() {
        template.sendBody("direct:start-workflows", null);

        assertThat(steps()).containsExactly(BATCH);
        assertThat(bodies(BATCH)).containsExactly("batch");
    }

    @Test
    @DisplayName("A batch is prepared, sent, and settled by the reply")
    void handedOver() {
        template.sendBody(BATCH, "batch");

        assertThat(steps()).containsExactly("workflowStarts.prepare", "direct:trigger-workflow", "workflowStarts.read");
    }

    @Test
    @DisplayName("A failure is judged at once; the next tick tries again")
    void failed() {
        fail("direct:trigger-workflow", new ZohoFault.Transient("Campaigns answers 503", null));
        template.sendBody(BATCH, "batch");

        assertThat(steps())
                .containsExactly("workflowStarts.prepare", "direct:trigger-workflow", "workflowStarts.failed");
    }
}
