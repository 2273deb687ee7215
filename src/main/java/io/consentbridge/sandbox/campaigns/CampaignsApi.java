package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.accounts.Tokens;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.watch.Violations;
import io.consentbridge.sandbox.web.Api;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Zoho Campaigns v1.1: checks who may call and how often, finds the method, and formats the reply. */
public final class CampaignsApi implements Api {

    private static final String PREFIX = "/api/v1.1/";
    private static final String SCHEME = "Zoho-oauthtoken ";

    private static final String WORKFLOW = "workflow/trigger";

    private final WorkflowCalls workflows;
    private final Tokens tokens;
    private final Quotas quotas;
    private final Mailings mailings;
    private final Map<String, Endpoint> methods = new HashMap<>();
    private final Endpoint unknown = new Endpoint("(unknown path)", CampaignsApi::unknown);

    /** Creates the calls on an account; {@code optedOut} says whether a CRM record with that address is opted out. */
    public CampaignsApi(
            Tokens tokens,
            Quotas quotas,
            Account account,
            SandboxClock clock,
            Violations violations,
            Predicate<String> optedOut,
            Mailings mailings) {
        this.tokens = tokens;
        this.mailings = mailings;
        this.quotas = quotas;
        this.workflows = new WorkflowCalls(account);
        ContactCalls contacts = new ContactCalls(account, new Subscriptions(account, violations, optedOut));
        ListCalls lists = new ListCalls(account, contacts);
        MemberCalls members = new MemberCalls(account, clock);
        FieldCalls fields = new FieldCalls(account);
        post("json/listsubscribe", request -> contacts.subscribe(request).json());
        post("json/listunsubscribe", request -> contacts.unsubscribe(request).json());
        post("json/contactdonotmail", request -> contacts.doNotMail(request).json());
        post("addlistsubscribersinbulk", formatted(contacts::addInBulk));
        post("addlistandcontacts", formatted(lists::create));
        post("updatelistdetails", formatted(lists::update));
        method("getmailinglists", formatted(lists::all));
        method("getlistsubscribers", formatted(members::list));
        method("listsubscriberscount", formatted(members::count));
        method("topics", new TopicCalls(account)::call);
        method("contact/allfields", fields::all);
        post("custom/add", fields::add);
        campaigns();
    }

    private void campaigns() {
        MailingCalls calls = new MailingCalls(mailings);
        MailingListing listing = new MailingListing(mailings);
        ReportCalls reports = new ReportCalls(mailings);
        post("createCampaign", formatted(calls::create));
        // Names of methods heed case; this one was seen to be called wrongly.
        methods.put(
                "createcampaign",
                new Endpoint(
                        "(unknown path)",
                        request -> Envelope.error(request.path(), "404", "Resource not found.")
                                .json()));
        method("json/clonecampaign", request -> calls.copy(request).json());
        post("sendcampaign", formatted(new SendCalls(mailings)::send));
        method("recentcampaigns", formatted(listing::recent));
        method("recentsentcampaigns", formatted(listing::recentlySent));
        method("getcampaigndetails", formatted(reports::details));
        method("campaignreports", formatted(reports::report));
        method("getcampaignrecipientsdata", formatted(reports::recipients));
    }

    @Override
    public Endpoint endpoint(Request request) {
        String path = request.path();
        if (!path.startsWith(PREFIX)) {
            return unknown;
        }
        String name = path.substring(PREFIX.length());
        return WorkflowCalls.concerns(name) ? workflow(name) : methods.getOrDefault(name, unknown);
    }

    /** Counted under fixed words, whatever the key of the workflow. */
    private Endpoint workflow(String path) {
        String key = path.split("/")[1];
        return new Endpoint(
                WORKFLOW,
                request -> run(
                        WORKFLOW,
                        each -> each.method().equals("POST") ? workflows.trigger(key, each) : unknown(each),
                        request));
    }

    private void method(String name, Function<Request, Reply> call) {
        methods.put(name, new Endpoint(name, request -> run(name, call, request)));
    }

    private void post(String name, Function<Request, Reply> call) {
        method(name, request -> request.method().equals("POST") ? call.apply(request) : unknown(request));
    }

    private Reply run(String name, Function<Request, Reply> call, Request request) {
        String header = request.header("Authorization");
        if (header == null
                || !header.startsWith(SCHEME)
                || !tokens.accepts(header.substring(SCHEME.length()).trim())) {
            return unauthorised(request);
        }
        if (!tokens.scopes().permit(scope(name))) {
            return tokens.scopes().named() ? mismatch(request) : unauthorised(request);
        }
        mailings.advance();
        return quotas.take(name) ? call.apply(request) : UncertainReplies.limited(request.path());
    }

    private static Function<Request, Reply> formatted(Function<Request, Envelope> call) {
        return request -> {
            Envelope envelope = call.apply(request);
            return "JSON".equalsIgnoreCase(request.param("resfmt")) ? envelope.json() : envelope.xml();
        };
    }

    private static String scope(String method) {
        return switch (method) {
            case "json/listsubscribe", "json/listunsubscribe", "json/contactdonotmail", "updatelistdetails" ->
                "ZohoCampaigns.contact.UPDATE";
            case "addlistsubscribersinbulk", "addlistandcontacts", "custom/add" -> "ZohoCampaigns.contact.CREATE";
            case WORKFLOW -> "ZohoCampaigns.workflow.CREATE";
            case "createCampaign", "json/clonecampaign" -> "ZohoCampaigns.campaign.CREATE";
            case "sendcampaign" -> "ZohoCampaigns.campaign.UPDATE";
            case "recentcampaigns",
                    "recentsentcampaigns",
                    "getcampaigndetails",
                    "campaignreports",
                    "getcampaignrecipientsdata" -> "ZohoCampaigns.campaign.READ";
            default -> "ZohoCampaigns.contact.READ";
        };
    }

    private static Reply mismatch(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "invalid oauth scope to access this URL");
        body.put("version", "1.1");
        body.put("URI", request.path());
        body.put("Code", "OAUTH_SCOPE_MISMATCH");
        body.put("status", "error");
        return Reply.json(401, body, "401 OAUTH_SCOPE_MISMATCH");
    }

    private static Reply unauthorised(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "Unauthorized request.");
        body.put("version", "1.1");
        body.put("URI", request.path());
        body.put("Code", "1007");
        body.put("status", "error");
        return Reply.json(401, body, "401 1007");
    }

    private static Reply unknown(Request request) {
        return Envelope.error(request.path(), "1004", "Wrong URL entered.").xml();
    }
}
