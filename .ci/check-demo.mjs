// Reads the document of `demo --json` from standard input and holds it against what the README promises of it.
import { readFileSync } from 'node:fs';

const { runs, confirmations } = JSON.parse(readFileSync(0, 'utf8'));
const faults = [];
let passed = 0;
const expect = (holds, fault) => (holds ? passed++ : faults.push(fault));
const reasons = [
  'bounced', 'blocked', 'do-not-mail', 'group-email', 'file-duplicate', 'invalid-pattern', 'empty-email', 'opted-out',
  'converted', 'consent-withheld', 'consent-requested', 'other',
];

expect(runs.length === 5, `5 runs, not ${runs.length}`);
for (const run of runs) {
  const ignored = Object.values(run.ignored).reduce((sum, count) => sum + count, 0);
  const sum = run.new + run.readded + run.duplicate + run.deleted + run.deadLettered + ignored;
  expect(run.state === 'completed', `${run.sync}: completed, not ${run.state}: ${run.message}`);
  expect(run.total > 0 && run.total === sum, `${run.sync}: total ${run.total}, but outcomes ${sum}`);
  expect(Number.isInteger(run.left) && run.left >= 0, `${run.sync}: people who left`);
  expect(run.updated <= run.duplicate, `${run.sync}: more updated than duplicates`);
  expect(JSON.stringify(Object.keys(run.ignored)) === JSON.stringify(reasons), `${run.sync}: reasons`);
  expect(run.calls.crm > 0, `${run.sync}: no call to the CRM`);
}
expect(runs.some((run) => run.new > 0), 'nobody new in any run');
expect(runs.some((run) => run.ignored['consent-requested'] > 0), 'nobody was asked for consent');

expect(confirmations.length === 1, 'one purpose asks by mail');
for (const asked of confirmations) {
  const sum = asked.waiting + asked.sent + asked.confirmed + asked.refused + asked.expired + asked.bounced;
  expect(asked.requested > 0 && asked.requested === sum, `${asked.purpose}: requested ${asked.requested}, but ${sum}`);
  expect(asked.confirmed > 0 && asked.refused > 0 && asked.sent > 0, `${asked.purpose}: nobody agrees, refuses or is silent`);
}

faults.forEach((fault) => console.error(`demo: ${fault}`));
console.log(`demo: ${passed} passed, ${faults.length} failed`);
process.exit(faults.length === 0 ? 0 : 1);
