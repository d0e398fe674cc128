// SPDX-License-Identifier: MIT
// The npm package ws as the client: node ws_client.mjs URL. Prints one JSON object.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';

const url = process.argv[2];
const lengths = [0, 1, 125, 126, 127, 65535, 65536, 65537, 16 << 20];
const outcome = { echoed: 0, failures: [] };

function expect(condition, what) {
  if (!condition) outcome.failures.push(what);
}

async function echo(socket, message, what) {
  socket.send(message);
  const [data, isBinary] = await once(socket, 'message');
  expect(isBinary === (typeof message !== 'string'), `${what}: type`);
  expect(Buffer.from(message).equals(data), `${what}: bytes`);
  outcome.echoed += 1;
}

async function echoFragments(socket, fragments) {
  fragments.forEach((fragment, index) => {
    socket.send(fragment, { binary: true, fin: index === fragments.length - 1 });
  });
  const [data] = await once(socket, 'message');
  expect(Buffer.concat(fragments).equals(data), `${fragments.length} fragments`);
  outcome.echoed += 1;
}

const socket = new WebSocket(url, ['other', 'chat'], { maxPayload: 0 });
await once(socket, 'open');
outcome.protocol = socket.protocol;
outcome.extensions = socket.extensions;
for (const length of lengths) {
  await echo(socket, 'é'.repeat(length >> 1) + 'x'.repeat(length & 1), `text ${length}`);
  await echo(socket, randomBytes(length), `binary ${length}`);
}
await echoFragments(socket, lengths.map((length) => randomBytes(length)));
await echoFragments(socket, [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)]);

socket.ping('are you there?');
const [pong] = await once(socket, 'pong');
outcome.pong = pong.toString();

socket.close(4321, 'enough');
[outcome.code] = await once(socket, 'close');
console.log(JSON.stringify(outcome));
