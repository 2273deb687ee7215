package io.consentbridge.writeback;

import io.consentbridge.consent.Person;

/**
 * A person who is to be handed over to a workflow of Campaigns once they are on the list.
 *
 * @param connection name of the connection
 * @param workflow key of the workflow
 * @param trigger key of its trigger
 * @param listId row of the mailing list
 * @param person the person
 * @param purpose name of the purpose for which they confirmed
 */
public record WorkflowStart(
        String connection, String workflow, String trigger, long listId, Person person, String purpose) {

    @Override
    public String toString() {
        return "start of the workflow " + workflow;
    }
}
