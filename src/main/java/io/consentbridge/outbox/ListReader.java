package io.consentbridge.outbox;

import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads lists so that an unreadable one does not delay the others. */
public final class ListReader {

    private final MembershipRefresh whoLeft;
    private final ListWatch watch;
    private final DeletedLists gone;

    public ListReader(MembershipRefresh whoLeft, ListWatch watch, DeletedLists gone) {
        this.whoLeft = whoLeft;
        this.watch = watch;
        this.gone = gone;
    }

    /**
     * Why a list alone was not read.
     *
     * @param because what Zoho said, without personal data
     * @param gone whether Campaigns does not have it any more; its key is forgotten then
     */
    public record Unread(String because, boolean gone) {}

    /** Holds those of these lists that are not what their purposes say any more, unless each was looked at within that time. */
    public void identify(Connection connection, List<MailingList> lists, Duration within) {
        watch.refresh(connection, lists, within);
    }

    /**
     * Reads for no run who left a list and who is on it; everybody, where that is due.
     *
     * @return empty when it was read
     * @throws ZohoFault when the fault is not the list's own
     */
    public Optional<Unread> members(Connection connection, MailingList list) {
        return read(connection, list, () -> whoLeft.read(connection, null, list));
    }

    /** Reads for no run who left a list, unless this process did within that time. */
    Optional<Unread> refresh(Connection connection, MailingList list, Duration within) {
        return read(connection, list, () -> whoLeft.refresh(connection, list, within));
    }

    private Optional<Unread> read(Connection connection, MailingList list, Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (ZohoFault.PageLost lost) {
            return Optional.of(new Unread(lost.getMessage(), false));
        } catch (ZohoFault.Rejected refused) {
            if (refused.unscoped().isPresent()) {
                throw refused;
            }
            boolean away = ListGone.isSaidBy(refused) && !watch.isThere(connection, null, list);
            if (away) {
                gone.takeAlong(list.id(), list.key(), refused.code(), refused.getMessage());
            }
            return Optional.of(new Unread(refused.getMessage(), away));
        }
    }
}
