package io.consentbridge.sandbox.control;

import io.consentbridge.sandbox.web.Api;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;

/**
 * The control API. JSON in, JSON out, no token, never counted, never failing by a rule; 400 with {@code error} for what
 * cannot be understood, 404 for what is not there. {@code docs/sandbox.md} has every route with an example.
 *
 * <pre>
 * GET    /sandbox/state                          a summary of everything
 * GET    /sandbox/members?list=NAME              every member of a list, sorted
 * GET    /sandbox/calls?method=TEXT&amp;limit=N      the last calls
 * POST   /sandbox/reset                          reset counters, calls and violations, or everything
 * PUT    /sandbox/quotas                         limits on or off, forgotten, CRM credits of a day
 * POST   /sandbox/clock                          move or set the clock
 * GET POST DELETE /sandbox/faults                make calls fail
 * POST   /sandbox/tokens/revoke                  end access tokens or a refresh token
 * PUT    /sandbox/scopes                         what the credential may do, and whether Zoho says so
 * POST   /sandbox/credentials                    register a client and a refresh token
 * GET PUT DELETE /sandbox/records/{module}/{id}  one CRM record
 * POST   /sandbox/records/{module}               create records
 * POST   /sandbox/records/{module}/change        change many, by their ids or chosen at random
 * POST   /sandbox/records/{module}/delete        delete many, by their ids or chosen at random
 * POST   /sandbox/crm/{module}                   keep a field or a module from the credential, let changes be visible late
 * POST   /sandbox/members/{event}                join import confirm unsubscribe bounce complain block do-not-mail remove purge
 * PUT    /sandbox/listing                        how members are listed, and who may come back
 * POST DELETE /sandbox/views/{module}?name=NAME  bring a custom view back, delete one
 * POST DELETE /sandbox/campaigns/{id}            make a lead or contact a member of a CRM campaign, end that
 * POST PUT DELETE /sandbox/lists                 create a mailing list, change its name or form, delete one by its name
 * POST DELETE /sandbox/topics                    create a topic, delete one by its name
 * GET PUT POST DELETE /sandbox/mailings/{key}/{verb}  campaigns of Zoho Campaigns, and what their recipients do
 * POST   /sandbox/fields                         create a contact field
 * GET PUT DELETE /sandbox/mail/{id}              the mails; how the mail server behaves; forget both
 * POST   /sandbox/mail/click                     a share of the people answers
 * POST   /sandbox/mail/scan                      every link is followed, as by a scanner
 * GET    /sandbox/mailbox/{id}                   the mails as pages
 * </pre>
 */
public final class ControlApi implements Api {

    private static final String PREFIX = "/sandbox/";

    private final World world;
    private final Observation observation;
    private final RecordControl records;
    private final MemberControl members;
    private final SwitchControl switches;
    private final FaultControl faults;
    private final ViewControl views;
    private final CrmControl crm;
    private final CampaignControl campaigns;
    private final MailControl mail;
    private final MailingControl mailings;

    /** Controls a world; {@code restart} begins another one in its place. */
    public ControlApi(World world, Runnable restart) {
        this.world = world;
        this.crm = new CrmControl(world);
        this.observation = new Observation(world, restart);
        this.records = new RecordControl(world);
        this.members = new MemberControl(world);
        this.switches = new SwitchControl(world);
        this.campaigns = new CampaignControl(world);
        this.views = new ViewControl(world);
        this.faults = new FaultControl(world);
        this.mail = new MailControl(world.mail());
        this.mailings = new MailingControl(world.mailings());
    }

    @Override
    public Endpoint endpoint(Request request) {
        return new Endpoint("sandbox", this::answer);
    }

    private Reply answer(Request request) {
        try {
            world.crm().becomeVisible(world.clock().seconds().getEpochSecond());
            world.mailings().advance();
            return route(request);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Answers.wrong(String.valueOf(e.getMessage()));
        }
    }

    private Reply route(Request request) {
        List<String> parts = List.of(request.path().substring(PREFIX.length()).split("/"));
        Function<Request, Reply> call = switch (parts.get(0)) {
            case "state" -> observation::state;
            case "calls" -> observation::calls;
            case "reset" -> observation::reset;
            case "members" -> parts.size() == 1 ? observation::members : r -> members.event(parts.get(1), r);
            case "records" -> r -> records.call(parts.subList(1, parts.size()), r);
            case "campaigns" -> r -> campaigns.call(parts.size() > 1 ? parts.get(1) : "", r);
            case "crm" -> r -> crm.call(parts.size() > 1 ? parts.get(1) : "", r);
            case "mailings" -> r -> mailings.call(parts.subList(1, parts.size()), r);
            case "views" -> r -> views.call(parts.size() > 1 ? parts.get(1) : "", r);
            case "lists" -> members::list;
            case "listing" -> members::listing;
            case "topics" -> members::topic;
            case "workflows" -> members::workflows;
            case "fields" -> members::field;
            case "quotas" -> switches::quotas;
            case "clock" -> switches::clock;
            case "tokens" -> switches::revoke;
            case "scopes" -> switches::scopes;
            case "credentials" -> switches::credentials;
            case "faults" -> faults::call;
            case "mail" -> r -> mail.call(parts.subList(1, parts.size()), r);
            case "mailbox" -> r -> mail.page(parts.subList(1, parts.size()));
            default -> r -> Answers.done(false, "there is no route " + r.path());
        };
        return call.apply(request);
    }
}
