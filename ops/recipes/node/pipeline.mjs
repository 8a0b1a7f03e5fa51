// What the three recipes share: Avro through the schema registry, and following a topic.
// The .avsc files are those that the contract jar carries under avro/.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import avro from 'avsc';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';

const { Kafka, Partitioners, logLevel, CompressionCodecs, CompressionTypes } = kafkajs;

// The pipeline writes LZ4, which kafkajs leaves to others.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async ({ buffer }) => Buffer.from(lz4.compress(buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

export function connect(bootstrap, registry) {
  const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.WARN });
  const types = new Map();

  /** Sends one record; the key decides the partition as it does in Java (murmur2). */
  async function send(topic, key, record, value) {
    const schema = await readFile(new URL(`${record}.avsc`, import.meta.url), 'utf8');
    const { id } = await ask(`/subjects/${topic}-value/versions`, { schema }); // a repeat returns the same id
    const header = Buffer.alloc(5); // a zero byte, then the schema's id
    header.writeInt32BE(id, 1);
    const bytes = Buffer.concat([header, avro.Type.forSchema(JSON.parse(schema)).toBuffer(value)]);
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: [{ key, value: bytes }] });
    await producer.disconnect();
  }

  /**
   * Reads a topic from its beginning, committed records under one key only, until `see` says so of one, or `wanted`
   * returns something when all that was there at the start is read; a tombstone's value is null.
   */
  async function follow(topic, key, see, wanted = () => null) {
    const behind = await ends(topic);
    const consumer = kafka.consumer({ groupId: `recipe-${randomUUID()}`, readUncommitted: false });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const found = await new Promise((done, failed) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || failed(payload.error));
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        if (BigInt(lastOffset) + 1n >= behind.get(partition)) behind.delete(partition);
        const value = behind.size === 0 && wanted();
        if (value) done(value);
      });
      consumer.run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          if (message.key?.toString() !== key) return; // what is not asked for is not decoded, and cannot fail to be
          if (see(message.value && (await read(message.value)))) done();
        },
      });
    });
    await consumer.disconnect();
    return found;
  }

  /** The last value under a key; where that is null or there is none, the next one. */
  async function latest(topic, key) {
    let last;
    return follow(topic, key, (value) => { last = value; }, () => last);
  }

  /** Where the partitions end that are not empty. */
  async function ends(topic) {
    const admin = kafka.admin();
    await admin.connect();
    const partitions = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    return new Map(partitions.filter(({ low, high }) => low !== high).map((p) => [p.partition, BigInt(p.high)]));
  }

  async function read(bytes) {
    const id = bytes.readInt32BE(1);
    if (!types.has(id)) {
      const { schema } = await ask(`/schemas/ids/${id}`); // the one it was written with
      types.set(id, avro.Type.forSchema(JSON.parse(schema)));
    }
    return types.get(id).fromBuffer(bytes.subarray(5));
  }

  async function ask(path, body) {
    const headers = { 'Content-Type': 'application/vnd.schemaregistry.v1+json' };
    const answer = await fetch(registry + path, body && { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the schema registry answered ${answer.status} to ${path}`);
    return answer.json();
  }

  return { send, follow, latest };
}
