package io.consentbridge.crm;

import java.time.Instant;
import java.util.List;

/**
 * One page of records in the order of {@code (Modified_Time, id)}.
 *
 * @param records at most 2,000
 * @param readAt Zoho's clock when it answered, from the Date header; ours when it gave none
 * @param last whether nothing follows
 */
public record CrmPage(List<CrmRecord> records, Instant readAt, boolean last) {}
