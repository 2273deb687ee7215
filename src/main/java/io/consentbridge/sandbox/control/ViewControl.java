package io.consentbridge.sandbox.control;

import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;

/** Deletes and restores custom views as a user of the CRM would. */
final class ViewControl {

    private final World world;

    ViewControl(World world) {
        this.world = world;
    }

    /** {@code DELETE} deletes the view {@code name} of the module, {@code POST} restores it. */
    Reply call(String module, Request request) {
        ModuleStore store = world.crm()
                .module(module)
                .orElseThrow(() -> new IllegalArgumentException("there is no module " + module));
        String name = request.param("name");
        if (name == null) {
            throw new IllegalArgumentException("the name is missing");
        }
        switch (request.method()) {
            case "DELETE" -> store.deletedViews().add(name);
            case "POST" -> store.deletedViews().remove(name);
            default -> throw new IllegalArgumentException("use DELETE or POST");
        }
        return Answers.done();
    }
}
