// echo '{"customer_id": "…"}' | node publish-request.mjs BOOTSTRAP REGISTRY SUBJECT
// Identifiers come from standard input, because others on the machine see command lines.
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { connect } from './pipeline.mjs';

const [bootstrap, registry, subject] = process.argv.slice(2);
const request = randomUUID();

await connect(bootstrap, registry).send('privacy.requests', subject, 'RequestEvent', {
  event_id: randomUUID(),
  request_id: request, // a repeat of it is recognised and not run twice
  subject_id: subject,
  occurred_at: Date.now(),
  body: {
    'io.quittance.schema.Submission': {
      action: 'ACCESS',
      regime: 'GDPR',
      requester: { type: 'STAFF', id: 'staff-7', roles: ['support'], device: 'managed' },
      purpose: 'ticket-4711',
      channel: 'INTERNAL_CALL',
      scope: { systems: ['shop'] }, // this system, all its categories
      identifiers: { plain: JSON.parse(await text(process.stdin)) },
    },
  },
});
console.log(request);
