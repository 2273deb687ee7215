package io.consentbridge.sandbox.campaigns;

import java.util.List;
import java.util.Map;

/**
 * To whom a campaign goes.
 *
 * @param lists the segments, or what else stands there, by the key of each list
 * @param topic the id of its topic, null for none
 */
record Audience(Map<String, List<String>> lists, String topic) {

    static final Audience NOBODY = new Audience(Map.of(), null);
}
