package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.store.Access;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Json;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.Duration;
import java.util.Locale;

/** Does what an administrator of the CRM, or its machinery, does to one module or to all. */
final class CrmControl {

    private final World world;

    CrmControl(World world) {
        this.world = world;
    }

    /**
     * Reads the body. {@code hide} and {@code show} name a field; {@code in: records} hides it in records alone, and {@code
     * by} replaces it with null. {@code type} names a field that is {@code of} another type. {@code closed} closes the
     * module or opens it. {@code spoil} gives one record another value in every list and query, and {@code mend} ends that.
     * {@code lateBy} is how long each later change stays invisible. {@code queryMost} is how many rows a query returns at
     * most, null for as many as it requests. {@code refuse} makes changes of one record fail with a code, until {@code mend}.
     * Without a module, {@code unknownFields} and {@code readOnlyFields} say whether a change of such fields is {@code refused}
     * or {@code ignored}, {@code modified} whether a record that was modified since {@code If-Unmodified-Since} refuses its
     * {@code row} or the whole {@code call}, {@code allRefused} sets the status when every record of a call is refused, {@code privacySettings} switches those of the organisation,
     * and {@code edition} sets its edition.
     */
    Reply call(String module, Request request) {
        if (module.isEmpty()) {
            JsonNode organisation = Answers.body(request);
            if (organisation.has("edition")) {
                world.crm().edition(organisation.get("edition").asText());
            }
            if (organisation.has("unknownFields")) {
                world.crm().refusesUnknownFields(refuses(organisation, "unknownFields"));
            }
            if (organisation.has("readOnlyFields")) {
                world.crm().refusesReadOnlyFields(refuses(organisation, "readOnlyFields"));
            }
            if (organisation.has("modified")) {
                world.crm()
                        .modifiedRefusesCall(
                                Answers.required(organisation, "modified").equals("call"));
            }
            if (organisation.has("allRefused")) {
                world.crm().allRefused(organisation.get("allRefused").asInt());
            }
            if (organisation.has("privacySettings")) {
                world.crm().privacySettings(organisation.get("privacySettings").asBoolean());
            }
            return Answers.done();
        }
        ModuleStore store = world.crm()
                .module(module)
                .orElseThrow(() -> new IllegalArgumentException("there is no module " + module));
        JsonNode body = Answers.body(request);
        String hide = Answers.text(body, "hide");
        String show = Answers.text(body, "show");
        String lateBy = Answers.text(body, "lateBy");
        if (hide != null) {
            store.access().hide(hide, hiding(body));
        }
        if (show != null) {
            store.access().show(show);
        }
        if (body.has("type")) {
            store.retyping()
                    .retype(
                            Answers.required(body, "type"),
                            body.hasNonNull("of")
                                    ? DataType.valueOf(body.get("of").asText().toUpperCase(Locale.ROOT))
                                    : null);
        }
        if (body.has("closed")) {
            store.access().close(body.get("closed").asBoolean());
        }
        if (body.has("spoil")) {
            JsonNode spoil = body.get("spoil");
            store.spoils()
                    .spoil(spoil.path("id").asLong(), Answers.required(spoil, "field"), Json.plain(spoil.get("value")));
        }
        if (body.path("mend").asBoolean(false)) {
            store.spoils().clear();
            store.writeRefusals().clear();
        }
        if (body.has("refuse")) {
            JsonNode refuse = body.get("refuse");
            store.writeRefusals()
                    .refuse(
                            refuse.path("id").asLong(),
                            Answers.required(refuse, "code"),
                            Answers.text(refuse, "field"),
                            refuse.path("times").asLong(0));
        }
        if (body.has("queryMost")) {
            store.queryMost(
                    body.get("queryMost").isNull()
                            ? Integer.MAX_VALUE
                            : body.get("queryMost").asInt());
        }
        if (lateBy != null) {
            store.lateBy(Duration.parse(lateBy).toSeconds());
        }
        return Answers.done();
    }

    private static boolean refuses(JsonNode body, String name) {
        return switch (body.get(name).asText()) {
            case "refused" -> true;
            case "ignored" -> false;
            default -> throw new IllegalArgumentException(name + " is refused or ignored");
        };
    }

    private static Access.Hiding hiding(JsonNode body) {
        String by = Answers.text(body, "by");
        if (by == null) {
            return "records".equals(Answers.text(body, "in")) ? Access.Hiding.IN_RECORDS : Access.Hiding.WHOLLY;
        }
        return switch (by) {
            case "privacy" -> Access.Hiding.BY_PRIVACY;
            case "hipaa" -> Access.Hiding.BY_HIPAA;
            case "nobody" -> Access.Hiding.SILENTLY;
            default -> throw new IllegalArgumentException("by is privacy, hipaa or nobody");
        };
    }
}
