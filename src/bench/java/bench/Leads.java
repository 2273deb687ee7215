package bench;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.ProducerTemplate;

/** So many leads of the CRM, read by {@code direct:plain-page} a page at a time. */
final class Leads implements Iterator<Map<String, Object>> {

    private static final int PAGE = 2_000;

    private final ProducerTemplate template;
    private int left;
    private Iterator<Map<String, Object>> page = List.<Map<String, Object>>of().iterator();
    private Object last = 0;
    private boolean ended;

    Leads(ProducerTemplate template, int number) {
        this.template = template;
        this.left = number;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && left > 0 && !ended) {
            read();
        }
        return page.hasNext();
    }

    @Override
    public Map<String, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Map<String, Object> lead = page.next();
        last = lead.get("id");
        return lead;
    }

    @SuppressWarnings("unchecked")
    private void read() {
        int size = Math.min(PAGE, left);
        String query =
                "{\"select_query\":\"select id, Email, First_Name, Last_Name, Company, Email_Opt_Out, Modified_Time"
                        + " from Leads where id > '" + last + "' order by id limit 0, " + size + "\"}";
        List<Map<String, Object>> rows = template.requestBody("direct:plain-page", query, List.class);
        left -= rows.size();
        ended = rows.size() < size;
        page = rows.iterator();
    }
}
