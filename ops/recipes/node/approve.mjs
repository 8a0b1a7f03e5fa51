// node approve.mjs BOOTSTRAP REGISTRY REQUEST APPROVER [KEY]
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from './pipeline.mjs';

const [bootstrap, registry, request, approver, keyFile] = process.argv.slice(2);
const pipeline = connect(bootstrap, registry);

const prompt = await pipeline.latest('privacy.approvals', request);
for (const { system, categories } of prompt.plan.systems) {
  console.log(`${prompt.plan.action} in ${system}: ${categories.join(', ')}`);
}

const decision = {
  decision_id: randomUUID(),
  request_id: request,
  subject_id: prompt.subject_id,
  occurred_at: Date.now(),
  verdict: 'APPROVE',
  approver: { id: approver, groups: prompt.group.split(',') }, // yours: the groups your identity provider vouches for
  plan_sha256: prompt.plan_sha256, // binds the decision to what was shown
  reason: 'the ticket is open and needs it',
};
if (keyFile) { // where decisions are to be signed: every field that is not empty, as a claim
  const { approver: { id: sub, groups }, decision_id: jti, occurred_at, ...same } = decision;
  const claims = { ...same, sub, groups, kind: 'HUMAN', jti, iat: Math.floor(occurred_at / 1000) };
  const jwk = JSON.parse(await readFile(keyFile, 'utf8'));
  const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const said = `${part({ alg: 'ES256', kid: jwk.kid })}.${part(claims)}`;
  const key = { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  decision.signature = `${said}.${sign('sha256', Buffer.from(said), key).toString('base64url')}`;
}
await pipeline.send('privacy.decisions', prompt.subject_id, 'DecisionEvent', decision);
