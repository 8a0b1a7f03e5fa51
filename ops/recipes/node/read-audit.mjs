// node read-audit.mjs BOOTSTRAP REGISTRY REQUEST
import { connect } from './pipeline.mjs';

const [bootstrap, registry, request] = process.argv.slice(2);

await connect(bootstrap, registry).follow('privacy.audit', request, (record) => {
  console.log(`${record.state}: ${record.reason}`);
  if (record.closed) printEvidence(record);
  return record.closed;
});

function printEvidence({ decisions, tasks }) {
  for (const { verdict, approver, accepted, vouched_by } of decisions) {
    console.log(`  ${verdict} by ${approver}, counted: ${accepted}, vouched for by ${vouched_by}`);
  }
  for (const { system, status, datasets } of tasks) {
    console.log(`  ${system}: ${status}`);
    for (const { dataset, disposition, affected, document } of datasets) {
      console.log(`    ${dataset}: ${disposition} ${affected}${document ? ` sha256 ${document.sha256}` : ''}`);
    }
  }
}
