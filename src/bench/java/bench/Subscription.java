package bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form by which a lead is subscribed to a list. */
public final class Subscription {

    private static final ObjectMapper JSON = new ObjectMapper();

    public String form(Map<String, Object> lead, String list) throws JsonProcessingException {
        Map<String, Object> contact = new LinkedHashMap<>();
        contact.put("Contact Email", lead.get("Email"));
        contact.put("First Name", lead.get("First_Name"));
        contact.put("Last Name", lead.get("Last_Name"));
        contact.put("Company Name", lead.get("Company"));
        return "resfmt=JSON&listkey=" + list + "&contactinfo="
                + URLEncoder.encode(JSON.writeValueAsString(contact), StandardCharsets.UTF_8) + "&source=plain%20route";
    }
}
