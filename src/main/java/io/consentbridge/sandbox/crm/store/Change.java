package io.consentbridge.sandbox.crm.store;

import java.util.Map;

/** The change of a record since the start: its changed values, or that it is gone. */
record Change(Map<String, Object> values, long modified, boolean gone) {}
