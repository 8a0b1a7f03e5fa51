// node approve.mjs BOOTSTRAP REGISTRY REQUEST APPROVER
import { randomUUID } from 'node:crypto';
import { connect } from './pipeline.mjs';

const [bootstrap, registry, request, approver] = process.argv.slice(2);
const pipeline = connect(bootstrap, registry);

let prompt;
await pipeline.follow('privacy.approvals', (key, value) => key === request && (prompt = value));
for (const { system, categories } of prompt.plan.systems) {
  console.log(`${prompt.plan.action} in ${system}: ${categories.join(', ')}`);
}

await pipeline.send('privacy.decisions', prompt.subject_id, 'DecisionEvent', {
  decision_id: randomUUID(),
  request_id: request,
  subject_id: prompt.subject_id,
  occurred_at: Date.now(),
  verdict: 'APPROVE',
  approver: { id: approver, groups: prompt.group.split(',') }, // yours: the groups your identity provider vouches for
  plan_sha256: prompt.plan_sha256, // binds the decision to what was shown
  reason: 'the ticket is open and needs it',
});
