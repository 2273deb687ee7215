package io.consentbridge.campaigns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.FormText;
import io.consentbridge.zoho.WriteGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Knows which people Campaigns may be told about now: those whose delivery is being sent. It is asked beneath the routes,
 * where a call leaves, so that no header or body that a route sets puts another person on a list. Safe for many threads.
 */
public final class ContactPermits implements WriteGuard {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String CREATE_LIST = "addlistandcontacts";
    private static final String CREATE_FIELD = "custom/add";
    private static final String CAMPAIGNS = "/api/v1.1/";
    private static final String CRM = "/crm/v8/";
    private static final String CRM_QUERY = CRM + "coql";
    private static final Set<String> CONTACT_METHODS =
            Set.of(ContactForms.SUBSCRIBE, ContactForms.UNSUBSCRIBE, ContactForms.DO_NOT_MAIL, CREATE_LIST);

    /**
     * Other methods of Campaigns change something by a GET: they delete lists, set tags, copy campaigns (docs/zoho-notes.md,
     * "Campaigns: GET calls that change something").
     */
    private static final Set<String> READING_METHODS = Set.of(
            "getmailinglists",
            "getlistsubscribers",
            "listsubscriberscount",
            "topics",
            "contact/allfields",
            "recentcampaigns",
            "campaignreports",
            "getcampaigndetails",
            "getcampaignrecipientsdata");

    /** The parameters that a form of these methods may have; {@code donotmail_resub} is never sent. */
    private static final Set<String> PARAMETERS = Set.of(
            "resfmt", "listkey", "contactinfo", "topic_id", "source", "listname", "signupform", "mode", "emailids");

    /**
     * One person and what may be done to them.
     *
     * @param list key of the list, or its name if it is being created; empty for Do-Not-Mail
     * @param topics ids of topics as the form has them; empty for none
     */
    private record Permit(String connection, String method, String list, String address, String topics) {

        @Override
        public String toString() {
            return "permit for " + method;
        }
    }

    /** @param left whether the call has left */
    private record Given(Permit permit, boolean left) {}

    /** Keyed by the question object of a call: the same person may be in two calls, and a permit is for one of them. */
    private final Map<Object, Given> given = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Permits a contact call to leave, until the permit is withdrawn.
     *
     * @param method Campaigns' method
     */
    public void give(Connection connection, String method, ContactCall call) {
        Permit permit = new Permit(
                connection.name(),
                method,
                method.equals(ContactForms.DO_NOT_MAIL) ? "" : call.listKey(),
                call.contactInfo().get(ContactCall.EMAIL),
                method.equals(ContactForms.SUBSCRIBE) ? String.join(",", call.topicIds()) : "");
        given.put(call, new Given(permit, false));
    }

    /** Permits a list to be created with its first member. */
    void giveList(Connection connection, CampaignsCall call, String name, String firstAddress) {
        given.put(call, new Given(new Permit(connection.name(), CREATE_LIST, name, firstAddress, ""), false));
    }

    /** Whether that call has left since it was permitted. */
    public boolean left(ContactCall call) {
        Given known = given.get(call);
        return known != null && known.left();
    }

    /**
     * Withdraws the permit of a call.
     *
     * @param question the question object of the call
     * @return whether it has left
     */
    public boolean withdraw(Object question) {
        Given known = given.remove(question);
        return known != null && known.left();
    }

    /**
     * Lets calls leave that read, and those that change something if they are the product's own and, if they are about a
     * person, permitted.
     *
     * @throws ConsentBreach for every other call
     */
    @Override
    public void check(Connection connection, String verb, URI address, byte[] body, Object question) {
        String path = address.getPath() == null ? "" : address.getPath().toLowerCase(Locale.ROOT);
        boolean reads = verb.equals("GET");
        int campaigns = path.indexOf(CAMPAIGNS);
        String method = campaigns < 0 ? null : path.substring(campaigns + CAMPAIGNS.length());
        if (method == null
                ? asksCrm(path, reads)
                : reads ? READING_METHODS.contains(method) : method.equals(CREATE_FIELD)) {
            return;
        }
        if (method == null || !CONTACT_METHODS.contains(method) || reads || address.getRawQuery() != null) {
            throw new ConsentBreach("a call to Zoho leaves that no step of the product makes");
        }
        Permit permit = permit(connection, method, form(body));
        Given known = given.computeIfPresent(
                question, (same, before) -> before.permit().equals(permit) ? new Given(permit, true) : before);
        if (known == null || !known.permit().equals(permit)) {
            throw new ConsentBreach(
                    "a call of " + method + " is about somebody, a list or topics that its delivery does not name");
        }
    }

    // A module may have any name, even that of a method of Campaigns.
    private static boolean asksCrm(String path, boolean reads) {
        return reads ? path.contains(CRM) : path.endsWith(CRM_QUERY);
    }

    private static Permit permit(Connection connection, String method, Map<String, String> form) {
        boolean makesList = method.equals(CREATE_LIST);
        return new Permit(
                connection.name(),
                method,
                form.getOrDefault(makesList ? "listname" : "listkey", ""),
                makesList ? form.get("emailids") : address(form.get("contactinfo")),
                form.getOrDefault("topic_id", ""));
    }

    /** Reads the address alone, because a tree of all fields with every call takes long. */
    private static String address(String contactInfo) {
        if (contactInfo == null) {
            return null;
        }
        try (JsonParser contact = JSON.createParser(contactInfo)) {
            String address = null;
            contact.nextToken();
            while (contact.nextToken() == JsonToken.FIELD_NAME) {
                boolean holdsAddress = contact.currentName().equals(ContactCall.EMAIL);
                if (contact.nextToken() == JsonToken.VALUE_STRING && holdsAddress) {
                    address = contact.getText();
                }
                contact.skipChildren();
            }
            return contact.currentToken() == JsonToken.END_OBJECT ? address : null;
        } catch (IOException none) {
            return null;
        }
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!PARAMETERS.contains(name) || form.put(name, decoded(value)) != null) {
                throw new ConsentBreach("a call about a person says more than a delivery does");
            }
        }
        return form;
    }

    private static String decoded(String value) {
        try {
            return FormText.decode(value);
        } catch (IllegalArgumentException broken) {
            throw new ConsentBreach("a call about a person cannot be read");
        }
    }
}
