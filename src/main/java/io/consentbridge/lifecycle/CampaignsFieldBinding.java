package io.consentbridge.lifecycle;

import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.mapping.MissingField;
import io.consentbridge.mapping.NewField;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RunFault;
import io.consentbridge.sync.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of the route {@code bind-run} that makes sure that Campaigns has the fields that the mapping fills before the first
 * record, and creates missing ones (B36, B37). Bound as {@code campaignsFieldBinding}.
 */
public final class CampaignsFieldBinding {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignsFieldBinding.class);

    private final CampaignsFields fields;

    private final Creation creation;

    /** Creates a missing field. */
    @FunctionalInterface
    public interface Creation {

        /** Returns false if Campaigns already has a field of that name. */
        boolean create(ActiveRun run, NewField field);
    }

    /** Creates missing fields in Campaigns. */
    public CampaignsFieldBinding(CampaignsFields fields) {
        this(fields, (run, field) -> {
            boolean created = fields.create(run.connection(), run.id(), field);
            if (created) {
                LOG.info(
                        "{}: created the Campaigns field \"{}\" of type {}",
                        run.sync().name(),
                        field.name(),
                        field.type());
            }
            return created;
        });
    }

    public CampaignsFieldBinding(CampaignsFields fields, Creation creation) {
        this.fields = fields;
        this.creation = creation;
    }

    /**
     * Makes sure that every mapped field exists. A mapping that names nothing beyond e-mail and names costs no call, and
     * neither does one whose fields are known to exist.
     *
     * @throws RunFault when a field is missing and cannot be created
     */
    public void prepare(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        if (run.sync().mapping().fields().isEmpty()) {
            return;
        }
        List<NewField> wanted = new ArrayList<>();
        List<String> impossible = new ArrayList<>();
        for (MissingField missing : missing(run)) {
            if (missing instanceof MissingField.Creatable creatable) {
                wanted.add(creatable.field());
            } else if (missing instanceof MissingField.Impossible no) {
                impossible.add(Remedy.after(no.why(), no.whatWouldBeRight()));
            }
        }
        if (!impossible.isEmpty()) {
            throw new RunFault(
                    "the mapping of " + run.sync().name() + " cannot be used: " + String.join(". ", impossible));
        }
        if (!wanted.isEmpty()) {
            create(run, wanted);
        }
    }

    private List<MissingField> missing(ActiveRun run) {
        Set<String> existing = fields.names(run.connection(), run.id());
        return AbsentFields.of(run.sync().mapping(), existing, run.fields());
    }

    // The known fields may be an hour old, and another process may be creating the same field; a field that already
    // exists is therefore as good as a created one, provided that Campaigns lists it by that name.
    private void create(ActiveRun run, List<NewField> wanted) {
        List<String> existed = new ArrayList<>();
        try {
            for (NewField field : wanted) {
                if (!creation.create(run, field)) {
                    existed.add(field.name());
                }
            }
        } finally {
            fields.forget(run.connection());
        }
        if (!existed.isEmpty()) {
            existed.removeAll(fields.names(run.connection(), run.id()));
        }
        if (!existed.isEmpty()) {
            throw new RunFault("Campaigns says that it has the field \"" + existed.get(0)
                    + "\", but does not list it. Look up its name in Campaigns, and use that in the mapping");
        }
    }
}
