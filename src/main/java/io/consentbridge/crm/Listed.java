package io.consentbridge.crm;

import java.util.Map;

/** A list of records that the CRM returns page by page: a custom view, or a campaign with its members. */
public sealed interface Listed permits CustomView, CrmCampaign {

    /** Its id in the CRM. */
    String id();

    /** Whether only a change of a record itself can bring it into the list; if not, all of it is read every time. */
    boolean steady();

    /** The path of the call. */
    String path(String module);

    /** The parameters of the call besides fields and page. */
    Map<String, String> parameters();
}
