package io.consentbridge.crm;

import java.util.Map;

/**
 * A campaign of the CRM's own module of that name, with the leads or contacts that are its members (docs/zoho-notes.md,
 * "CRM: campaigns and their members").
 *
 * @param id its id
 * @param name its name
 */
public record CrmCampaign(String id, String name) implements Listed {

    /**
     * It is not documented whether somebody who became a member is reported as changed (docs/zoho-notes.md, "CRM: campaigns
     * and their members"), so all members are read every time; those whose record did not change are skipped.
     */
    @Override
    public boolean steady() {
        return false;
    }

    @Override
    public String path(String module) {
        return CrmCampaigns.MODULE + "/" + id + "/" + Coql.module(module);
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }
}
