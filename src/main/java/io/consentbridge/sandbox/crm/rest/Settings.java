package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.List;
import java.util.Map;

/** {@code GET /settings/…} (docs/zoho-notes.md, "CRM: modules" to "CRM: custom views"). */
final class Settings {

    private final Crm crm;

    Settings(Crm crm) {
        this.crm = crm;
    }

    Reply read(List<String> parts, Request request) {
        if (parts.isEmpty()) {
            throw Refusal.url();
        }
        if (!request.method().equals("GET")) {
            throw Refusal.method();
        }
        String id = parts.size() > 1 ? parts.get(1) : null;
        return switch (parts.get(0)) {
            case "modules" -> id == null ? Reply.json(200, ModuleMetadata.all(crm)) : found(ModuleMetadata.one(id));
            case "fields" -> fields(module(request));
            case "related_lists" ->
                Reply.json(200, ModuleMetadata.related(module(request).spec()));
            case "custom_views" ->
                id == null
                        ? Reply.json(200, ViewMetadata.all(module(request)))
                        : found(ViewMetadata.one(module(request), id));
            default -> throw Refusal.url();
        };
    }

    private static Reply fields(ModuleStore store) {
        if (store.access().closed()) {
            throw Refusal.closed(store.spec().apiName());
        }
        return Reply.json(200, FieldMetadata.of(store));
    }

    private static Reply found(Map<String, Object> body) {
        return body == null ? Reply.empty(204) : Reply.json(200, body);
    }

    private ModuleStore module(Request request) {
        String name = request.param("module");
        if (name == null) {
            throw Refusal.missing("module");
        }
        return crm.module(name)
                .orElseThrow(() -> Refusal.of(
                        "INVALID_MODULE", "the module name given seems to be invalid", Map.of("param_name", "module")));
    }
}
