package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Deletion;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.util.ArrayList;
import java.util.List;

/** A population as seen from outside: records of the CRM, and people whom Campaigns already knows. */
public final class Records {

    private final Population population;

    public Records(Population population) {
        this.population = population;
    }

    /** A person whom Campaigns knows before the first sync. */
    public record Known(String email, String first, String last, CampaignsStatus status) {}

    public RowSource of(ModuleSpec spec) {
        return switch (spec.apiName()) {
            case "Leads" -> new Leads(population);
            case "Contacts" -> new Contacts(population);
            case "Memberships" -> new Memberships(population);
            case "Accounts" -> new Business(population, spec, population.accounts());
            case "Deals" -> new Business(population, spec, population.deals());
            case "Campaigns" -> new Business(population, spec, 5);
            default -> new Business(population, spec, 20);
        };
    }

    /** Returns deletions from before the start, three for each module with people. */
    public List<Crm.Tombstone> tombstones() {
        List<Crm.Tombstone> stones = new ArrayList<>();
        for (ModuleSpec spec : List.of(Catalogue.LEADS, Catalogue.CONTACTS, Catalogue.MEMBERSHIPS)) {
            for (int i = 1; i <= 3; i++) {
                boolean permanent = i == 1;
                String name = permanent
                        ? null
                        : Names.of(population.dice(90 + spec.number(), i)).full();
                long at = population.times().newest() - (4 - i) * 86_400L;
                stones.add(new Crm.Tombstone(
                        spec.apiName(), new Deletion(spec.recordId(0) - 10 + i, name, at, permanent)));
            }
        }
        return stones;
    }

    /** Returns people with a valid address of their own whom Campaigns knows, in fixed shares of leads and contacts. */
    public List<Known> known() {
        List<Known> known = new ArrayList<>();
        for (Population.Group group : List.of(Population.Group.LEADS, Population.Group.CONTACTS)) {
            for (int i = 0; i < population.size(group); i++) {
                Person person = population.person(group, i);
                CampaignsStatus status = CampaignsStatus.SHARES.draw(person.dice(), Ask.CAMPAIGNS_STATUS);
                boolean refusing = status == CampaignsStatus.ACTIVE && person.optedOut();
                if (status != null && !refusing && person.kind() == AddressKind.GOOD) {
                    Name name = person.name();
                    known.add(new Known(person.email(), name.first(), name.last(), status));
                }
            }
        }
        return known;
    }
}
